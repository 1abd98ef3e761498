package io.parley.kernel.resilience;

import io.parley.schema.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Elapsed time in the shape that the library wants: a breaker must not stay open because somebody set the wall clock.
 */
final class ElapsedClock extends java.time.Clock {
    private final Clock clock;

    ElapsedClock(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(clock.monoNanos());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public java.time.Clock withZone(ZoneId zone) {
        return this;
    }
}
