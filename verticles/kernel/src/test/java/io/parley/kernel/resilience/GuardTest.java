package io.parley.kernel.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.ErrorCode;
import io.parley.testkit.ManualClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class GuardTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private final ManualClock clock = new ManualClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Resilience resilience = new Resilience(meters, clock);

    @Test
    void aGoodAnswerAndAnErrorThatThePartyAnsweredPassUnchanged() {
        Guard guard = guard(LONG, 10);
        PgException duplicate = new PgException("duplicate", "ERROR", "23505", "");
        assertEquals("yes", guard.call(() -> Future.succeededFuture("yes")).result());
        for (int call = 0; call < 100; call++) {
            assertSame(
                    duplicate, guard.call(() -> Future.failedFuture(duplicate)).cause());
        }
        assertEquals("yes", guard.call(() -> Future.succeededFuture("yes")).result());
    }

    @Test
    void aPartyThatIsNotThereIsNotAskedAgainUntilItHadARest() {
        Guard guard = guard(LONG, 10);
        AtomicInteger asked = new AtomicInteger();
        Supplier<Future<String>> dead = () -> {
            asked.incrementAndGet();
            return Future.failedFuture(new ConnectException("refused"));
        };
        for (int call = 0; call < 100; call++) {
            assertEquals(ErrorCode.UNAVAILABLE, code(guard.call(dead)));
        }
        assertEquals(20, asked.get(), "the breaker opens once there are enough calls to judge by");
        assertEquals(80.0, refused("open"));
        assertEquals(
                1.0,
                meters.get("resilience4j.circuitbreaker.state")
                        .tag("state", "open")
                        .gauge()
                        .value());
        clock.advance(Duration.ofSeconds(3));
        for (int probe = 0; probe < 5; probe++) {
            assertEquals(
                    "back", guard.call(() -> Future.succeededFuture("back")).result());
        }
        assertEquals(
                1.0,
                meters.get("resilience4j.circuitbreaker.state")
                        .tag("state", "closed")
                        .gauge()
                        .value());
    }

    @Test
    void aServerThatIsShuttingDownCountsAsNotThere() {
        PgException ending = new PgException("terminating connection", "FATAL", "57P01", "");
        assertEquals(ErrorCode.UNAVAILABLE, code(guard(LONG, 10).call(() -> Future.failedFuture(ending))));
    }

    @Test
    void moreCallsThanThereIsRoomForAreRefusedAtOnce_andRoomComesBack() {
        Guard guard = guard(LONG, 2);
        Promise<String> first = Promise.promise();
        Future<String> running = guard.call(first::future);
        Future<String> _ = guard.call(() -> Promise.<String>promise().future());
        assertEquals(ErrorCode.OVERLOADED, code(guard.call(() -> Future.succeededFuture("no room"))));
        assertEquals(1.0, refused("full"));
        first.complete("done");
        assertEquals("done", running.result());
        assertEquals("room", guard.call(() -> Future.succeededFuture("room")).result());
    }

    @Test
    void aCallThatNeverAnswersEndsAtItsTimeoutAndFreesItsPlace() {
        Guard guard = guard(Duration.ofMillis(20), 1);
        Future<String> silent = guard.call(() -> Promise.<String>promise().future());
        Awaitility.await().atMost(LONG).until(silent::isComplete);
        assertEquals(ErrorCode.TIMEOUT, code(silent));
        assertEquals(1.0, refused("timeout"));
        assertEquals("room", guard.call(() -> Future.succeededFuture("room")).result());
    }

    @Test
    void aCallThatThrowsFailsItsFutureAndFreesItsPlace() {
        Guard guard = guard(LONG, 1);
        Future<String> thrown = guard.call(() -> {
            throw new IllegalStateException("a bug");
        });
        assertInstanceOf(IllegalStateException.class, thrown.cause());
        assertEquals("room", guard.call(() -> Future.succeededFuture("room")).result());
    }

    @Test
    void aTimeoutIsHeardOnTheEventLoopThatAsked() {
        Vertx vertx = Vertx.vertx();
        var context = ((VertxInternal) vertx).createEventLoopContext();
        Guard guard = guard(Duration.ofMillis(20), 1);
        Promise<Boolean> heardThere = Promise.promise();
        context.runOnContext(_ -> guard.call(() -> context.<String>promise().future())
                .onComplete(_ -> heardThere.complete(context.equals(Vertx.currentContext()))));
        Awaitility.await().atMost(LONG).until(heardThere.future()::isComplete);
        assertTrue(heardThere.future().result());
        Awaitility.await().atMost(LONG).until(vertx.close()::isComplete);
    }

    private Guard guard(Duration timeout, int concurrentMax) {
        return resilience.guard("party", new GuardConfig(timeout, concurrentMax, Duration.ofSeconds(2)));
    }

    private static ErrorCode code(Future<String> refused) {
        Refusal refusal = assertInstanceOf(Refusal.class, refused.cause());
        assertTrue(refusal.afterMillis() > 0);
        return refusal.code();
    }

    private double refused(String reason) {
        return meters.get("parley.kernel.guard.refused")
                .tag("guard", "party")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
