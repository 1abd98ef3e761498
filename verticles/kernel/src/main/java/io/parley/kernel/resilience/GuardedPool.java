package io.parley.kernel.resilience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.TransactionPropagation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A pool whose every query and every whole transaction passes a guard. */
final class GuardedPool implements Pool {
    private final Pool pool;
    private final Guard guard;

    GuardedPool(Pool pool, Guard guard) {
        this.pool = pool;
        this.guard = guard;
    }

    @Override
    public Future<SqlConnection> getConnection() {
        return guard.call(pool::getConnection);
    }

    @Override
    public Query<RowSet<Row>> query(String sql) {
        return new GuardedQuery<>(pool.query(sql), guard);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
        return new GuardedPreparedQuery<>(pool.preparedQuery(sql), guard);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
        return new GuardedPreparedQuery<>(pool.preparedQuery(sql, options), guard);
    }

    @Override
    public <T> Future<@Nullable T> withTransaction(Function<SqlConnection, Future<@Nullable T>> work) {
        return guard.<@Nullable T>call(() -> pool.withTransaction(work));
    }

    @Override
    public <T> Future<@Nullable T> withTransaction(
            TransactionPropagation propagation, Function<SqlConnection, Future<@Nullable T>> work) {
        return guard.<@Nullable T>call(() -> pool.withTransaction(propagation, work));
    }

    @Override
    public <T> Future<@Nullable T> withConnection(Function<SqlConnection, Future<@Nullable T>> work) {
        return guard.<@Nullable T>call(() -> pool.withConnection(work));
    }

    @Override
    public int size() {
        return pool.size();
    }

    @Override
    public Future<Void> close() {
        return pool.close();
    }
}
