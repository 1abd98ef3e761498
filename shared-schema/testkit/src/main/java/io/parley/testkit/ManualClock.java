package io.parley.testkit;

import io.parley.schema.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves only when told. Wall time begins at 2026-01-01 UTC, elapsed time at zero. Thread-safe. */
public final class ManualClock implements Clock {
    private static final long START_WALL_MILLIS = 1_767_225_600_000L;
    private final AtomicLong nanos = new AtomicLong();

    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Override
    public long wallMillis() {
        return START_WALL_MILLIS + Duration.ofNanos(nanos.get()).toMillis();
    }

    @Override
    public long monoNanos() {
        return nanos.get();
    }
}
