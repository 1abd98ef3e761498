package io.parley.kernel.resilience;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.kernel.config.Settings;
import io.parley.kernel.store.Stores;
import io.parley.schema.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the guards of one process and shows them in its metrics: {@code resilience4j_circuitbreaker_state},
 * {@code resilience4j_bulkhead_available_concurrent_calls}, {@code parley_kernel_guard_refused_total}.
 */
public final class Resilience {
    private static final Logger LOG = LoggerFactory.getLogger(Resilience.class);

    private static final float FAILED_PERCENT_MAX = 50;
    /** The breaker judges what happened within this many seconds, once there are enough calls to judge by. */
    private static final int WINDOW_SECONDS = 10;

    private static final int CALLS_MIN = 20;
    private static final int PROBES = 5;

    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    private final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
    private final MeterRegistry meters;
    private final Clock clock;

    public Resilience(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
    }

    /** The same stores, with a guard before each: roles need no more than these. */
    public Stores guarded(Stores stores, Settings settings) {
        var postgres = GuardConfig.from(settings, "postgres", Duration.ofSeconds(10), 5_000);
        var redis = GuardConfig.from(settings, "redis", Duration.ofSeconds(1), 10_000);
        return new Stores(
                new GuardedPool(stores.postgres(), guard("postgres", postgres)),
                new GuardedRedis(stores.redis(), guard("redis", redis)));
    }

    /** One guard for one party; {@code name} is a metric label, so it never holds an id. */
    public Guard guard(String name, GuardConfig config) {
        var breaker = breakers.circuitBreaker(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW_SECONDS, CALLS_MIN, SlidingWindowType.TIME_BASED)
                        .failureRateThreshold(FAILED_PERCENT_MAX)
                        .waitDurationInOpenState(config.openFor())
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        .clock(new ElapsedClock(clock))
                        .currentTimestampFunction(_ -> clock.monoNanos(), TimeUnit.NANOSECONDS)
                        .build());
        breaker.getEventPublisher()
                .onStateTransition(event ->
                        LOG.warn("breaker of {}: {}", event.getCircuitBreakerName(), event.getStateTransition()));
        var bulkhead = bulkheads.bulkhead(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(config.concurrentMax())
                        .maxWaitDuration(Duration.ZERO) // a wait would block the event loop
                        .build());
        return new Guard(breaker, bulkhead, config.timeout(), meters, clock);
    }
}
