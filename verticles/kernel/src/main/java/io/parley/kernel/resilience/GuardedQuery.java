package io.parley.kernel.resilience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlResult;
import java.util.function.Function;
import java.util.stream.Collector;

/** A query that passes the guard each time it is executed. */
record GuardedQuery<T>(Query<T> query, Guard guard) implements Query<T> {
    @Override
    public Future<T> execute() {
        return guard.call(query::execute);
    }

    @Override
    public <R> Query<SqlResult<R>> collecting(Collector<Row, ?, R> collector) {
        return new GuardedQuery<>(query.collecting(collector), guard);
    }

    @Override
    public <U> Query<RowSet<U>> mapping(Function<Row, U> mapper) {
        return new GuardedQuery<>(query.mapping(mapper), guard);
    }
}
