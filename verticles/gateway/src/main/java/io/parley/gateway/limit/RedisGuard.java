package io.parley.gateway.limit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps a Redis that hangs from hanging requests: every call ends in time, and after many failures calls are not even
 * tried for a while. Thread-safe.
 */
public final class RedisGuard {
    private final CircuitBreaker breaker;

    public RedisGuard(MeterRegistry meters) {
        CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(50)
                .minimumNumberOfCalls(20)
                .failureRateThreshold(50)
                .waitDurationInOpenState(Duration.ofSeconds(1))
                .permittedNumberOfCallsInHalfOpenState(5)
                .build());
        this.breaker = registry.circuitBreaker("gateway-redis");
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(meters);
    }

    /** Fails with UNAVAILABLE when Redis does not answer. */
    public <T> Future<T> call(Supplier<Future<T>> request) {
        if (!breaker.tryAcquirePermission()) {
            return unavailable();
        }
        long start = breaker.getCurrentTimestamp();
        return request.get()
                .timeout(Limits.REDIS_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .onSuccess(_ -> breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit()))
                .recover(failure -> {
                    breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), failure);
                    return unavailable();
                });
    }

    private static <T> Future<T> unavailable() {
        return Future.failedFuture(Refusal.after(ErrorCode.UNAVAILABLE, Limits.STORE_RETRY_AFTER_MILLIS));
    }
}
