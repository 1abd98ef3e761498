package io.parley.kernel.node;

import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** The checks behind {@code /health/ready}: roles add theirs when they start. Thread-safe. */
public final class Readiness {
    private final Map<String, Supplier<Future<?>>> checks = new ConcurrentSkipListMap<>();

    /** {@code check} fails with a reason when the part cannot serve; it must answer within a second or so. */
    public void add(String part, Supplier<Future<?>> check) {
        checks.put(part, check);
    }

    public Map<String, Supplier<Future<?>>> checks() {
        return Map.copyOf(checks);
    }
}
