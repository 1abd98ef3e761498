package io.parley.testkit;

import io.parley.schema.Clock;
import java.time.Duration;

/** A clock that moves only when a test says so. Thread-safe. */
public final class ManualClock implements Clock {
    /** 2026-01-01 00:00 UTC: a date that a reader recognises in a failure. */
    public static final long START_WALL_MILLIS = 1_767_225_600_000L;

    private long wallOffsetMillis;
    private long monoNanos;

    @Override
    public synchronized long wallMillis() {
        return START_WALL_MILLIS + wallOffsetMillis + Math.floorDiv(monoNanos, 1_000_000L);
    }

    @Override
    public synchronized long monoNanos() {
        return monoNanos;
    }

    public ManualClock advance(Duration step) {
        return advanceNanos(step.toNanos());
    }

    public ManualClock advanceMillis(long millis) {
        return advanceNanos(Math.multiplyExact(millis, 1_000_000L));
    }

    /** Moves the wall clock alone, back too, as a correction of the machine's time does. */
    public synchronized ManualClock jumpWall(Duration jump) {
        wallOffsetMillis += jump.toMillis();
        return this;
    }

    synchronized ManualClock advanceNanos(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("elapsed time never goes back");
        }
        monoNanos += nanos;
        return this;
    }
}
