package io.parley.gateway.streams;

/** Later, on the hub's own loop. */
@FunctionalInterface
interface Timers {
    void after(long millis, Runnable task);
}
