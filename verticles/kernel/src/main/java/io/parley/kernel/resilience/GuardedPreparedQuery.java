package io.parley.kernel.resilience;

import io.vertx.core.Future;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collector;

/** A prepared query that passes the guard each time it is executed. */
record GuardedPreparedQuery<T>(PreparedQuery<T> query, Guard guard) implements PreparedQuery<T> {
    @Override
    public Future<T> execute() {
        return guard.call(query::execute);
    }

    @Override
    public Future<T> execute(Tuple arguments) {
        return guard.call(() -> query.execute(arguments));
    }

    @Override
    public Future<T> executeBatch(List<Tuple> batch) {
        return guard.call(() -> query.executeBatch(batch));
    }

    @Override
    public <R> PreparedQuery<SqlResult<R>> collecting(Collector<Row, ?, R> collector) {
        return new GuardedPreparedQuery<>(query.collecting(collector), guard);
    }

    @Override
    public <U> PreparedQuery<RowSet<U>> mapping(Function<Row, U> mapper) {
        return new GuardedPreparedQuery<>(query.mapping(mapper), guard);
    }
}
