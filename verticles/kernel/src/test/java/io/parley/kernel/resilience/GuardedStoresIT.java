package io.parley.kernel.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.config.Settings;
import io.parley.kernel.store.Stores;
import io.parley.schema.SystemClock;
import io.parley.schema.v1.ErrorCode;
import io.parley.testkit.TestPostgres;
import io.parley.testkit.TestRedis;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.types.ErrorType;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({TestPostgres.class, TestRedis.class})
class GuardedStoresIT {
    private final Stores stores;

    GuardedStoresIT(TestPostgres postgres, TestRedis redis) {
        Settings settings = Settings.of(Map.of("guard.postgres.timeout", "200ms"));
        stores = new Resilience(new SimpleMeterRegistry(), new SystemClock())
                .guarded(new Stores(postgres.pool(2), redis.client()), settings);
    }

    @Test
    void queriesTransactionsAndCommandsWorkAsBefore() {
        var pool = stores.postgres();
        assertEquals(7, done(pool.query("SELECT 7").execute()).iterator().next().getInteger(0));
        assertEquals(
                8,
                done(pool.preparedQuery("SELECT $1::int").execute(Tuple.of(8)))
                        .iterator()
                        .next()
                        .getInteger(0));
        assertEquals(
                List.of(9),
                List.copyOf(done(pool.withTransaction(connection -> connection
                        .query("SELECT 9")
                        .mapping(row -> row.getInteger(0))
                        .execute()
                        .map(rows -> List.of(rows.iterator().next()))))));
        assertEquals("PONG", String.valueOf(done(stores.redis().send(Request.cmd(Command.PING)))));
    }

    @Test
    void whatTheServerAnsweredReachesTheStoreThatAsked() {
        var broken = settled(stores.postgres().query("SELECT 1/0").execute());
        assertEquals(
                "22012", assertInstanceOf(PgException.class, broken.cause()).getSqlState());
        var wrong = settled(stores.redis().send(Request.cmd(Command.create("NONSENSE"))));
        assertInstanceOf(ErrorType.class, wrong.cause());
    }

    @Test
    void aQueryThatTakesTooLongIsATimeoutForTheClient() {
        var slow = settled(stores.postgres().query("SELECT pg_sleep(2)").execute());
        assertEquals(
                ErrorCode.TIMEOUT, assertInstanceOf(Refusal.class, slow.cause()).code());
    }

    private static <T extends @Nullable Object> T done(Future<T> future) {
        return settled(future).result();
    }

    private static <T extends @Nullable Object> Future<T> settled(Future<T> future) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(future::isComplete);
        return future;
    }
}
