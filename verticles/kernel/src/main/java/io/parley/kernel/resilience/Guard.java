package io.parley.kernel.resilience;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Clock;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before one store or remote party. Never waits itself: a call that may not run is refused at once. Outages fail
 * with a {@link Refusal} that says when to come back; what the party itself answered, also an error, passes unchanged.
 * Thread-safe.
 */
public final class Guard {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;
    private final Duration timeout;
    private final MeterRegistry meters;
    private final Clock clock;

    Guard(CircuitBreaker breaker, Bulkhead bulkhead, Duration timeout, MeterRegistry meters, Clock clock) {
        this.breaker = breaker;
        this.bulkhead = bulkhead;
        this.timeout = timeout;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Runs {@code call} when the breaker is closed and there is room, and fails it with TIMEOUT when it takes too long.
     */
    public <T extends @Nullable Object> Future<T> call(Supplier<Future<T>> call) {
        if (!breaker.tryAcquirePermission()) {
            return refuse("open", ErrorCode.UNAVAILABLE);
        }
        if (!bulkhead.tryAcquirePermission()) {
            breaker.releasePermission();
            return refuse("full", ErrorCode.OVERLOADED);
        }
        long startNanos = clock.monoNanos();
        return attempt(call)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .transform(result -> settle(result, clock.monoNanos() - startNanos));
    }

    /** Keeps the future's own context, so that a timeout too is heard on the event loop that asked. */
    private static <T extends @Nullable Object> Future<T> attempt(Supplier<Future<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    /**
     * The place in the bulkhead is free again at the timeout: a party that never answers must not use all of them up.
     */
    private <T extends @Nullable Object> Future<T> settle(AsyncResult<T> result, long tookNanos) {
        bulkhead.onComplete();
        if (result.succeeded()) {
            breaker.onSuccess(tookNanos, TimeUnit.NANOSECONDS);
            return Future.succeededFuture(result.result());
        }
        Throwable failure = result.cause();
        if (!Outages.is(failure)) {
            breaker.onSuccess(tookNanos, TimeUnit.NANOSECONDS);
            return Future.failedFuture(failure);
        }
        breaker.onError(tookNanos, TimeUnit.NANOSECONDS, failure);
        LOG.debug("{} did not serve a call: {}", breaker.getName(), failure.toString());
        ErrorCode code = Outages.code(failure);
        return refuse(code == ErrorCode.TIMEOUT ? "timeout" : "failed", code);
    }

    private <T extends @Nullable Object> Future<T> refuse(String reason, ErrorCode code) {
        meters.counter("parley.kernel.guard.refused", "guard", breaker.getName(), "reason", reason)
                .increment();
        return Future.failedFuture(Refusal.after(code, Limits.STORE_RETRY_AFTER_MILLIS));
    }
}
