package io.parley.fanout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What an owner of shards counts. */
public final class FanoutMeters {
    private final Counter taken;
    private final Counter forwarded;
    private final Counter hits;
    private final Counter misses;
    private final Counter mismatches;
    private final AtomicLong interest = new AtomicLong();
    private final AtomicLong recentBytes = new AtomicLong();

    public FanoutMeters(MeterRegistry meters) {
        taken = meters.counter("parley.fanout.publications", "stage", "taken");
        forwarded = meters.counter("parley.fanout.publications", "stage", "forwarded");
        hits = meters.counter("parley.fanout.recent.reads", "result", "hit");
        misses = meters.counter("parley.fanout.recent.reads", "result", "miss");
        mismatches = meters.counter("parley.fanout.digest.mismatches");
        meters.gauge("parley.fanout.interest.streams", interest);
        meters.gauge("parley.fanout.recent.bytes", recentBytes);
    }

    void taken(int publications) {
        taken.increment(publications);
    }

    void forwarded() {
        forwarded.increment();
    }

    void read(boolean hit) {
        (hit ? hits : misses).increment();
    }

    void digestMismatch() {
        mismatches.increment();
    }

    void size(int streams, long bytes) {
        interest.set(streams);
        recentBytes.set(bytes);
    }
}
