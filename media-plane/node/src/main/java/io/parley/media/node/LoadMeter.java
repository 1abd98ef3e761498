package io.parley.media.node;

import io.parley.media.transport.MediaTransport;
import io.parley.media.transport.Shard;
import io.parley.schema.Clock;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How busy the media port is: each call measures since the one before. Processor time is that of the shards' own
 * threads, measured by themselves; it is as of about one call ago. One owner.
 */
final class LoadMeter {
    private static final double NANOS = 1e9;
    private static final int BITS = 8;

    private final MediaTransport transport;
    private final Clock clock;
    private final AtomicLongArray cpuNanos;
    private final AtomicLongArray cpuAtNanos;
    private final long[] cpuBefore;
    private final long[] cpuAtBefore;
    private Totals before;
    private long beforeNanos;

    /** Rates of the media port; {@code busiest} is the share of one processor that the busiest shard took. */
    record Rates(double busiest, long packetsIn, long packetsOut, long bitsIn, long bitsOut) {
        /** Before the first measurement. */
        static final Rates NONE = new Rates(0, 0, 0, 0, 0);
    }

    private record Totals(long packetsIn, long packetsOut, long bytesIn, long bytesOut) {}

    LoadMeter(MediaTransport transport, Clock clock) {
        this.transport = transport;
        this.clock = clock;
        int shards = transport.shards().size();
        cpuNanos = new AtomicLongArray(shards);
        cpuAtNanos = new AtomicLongArray(shards);
        cpuBefore = new long[shards];
        cpuAtBefore = new long[shards];
        before = totals();
        beforeNanos = clock.monoNanos();
        transport.shards().forEach(this::measureSoon);
    }

    private void measureSoon(Shard shard) {
        shard.execute(() -> {
            cpuNanos.set(shard.index(), ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
            cpuAtNanos.set(shard.index(), clock.monoNanos());
        });
    }

    Rates measure() {
        long nowNanos = clock.monoNanos();
        double seconds = Math.max(1, nowNanos - beforeNanos) / NANOS;
        var now = totals();
        var rates = new Rates(
                busiest(),
                Math.round((now.packetsIn - before.packetsIn) / seconds),
                Math.round((now.packetsOut - before.packetsOut) / seconds),
                Math.round((now.bytesIn - before.bytesIn) * BITS / seconds),
                Math.round((now.bytesOut - before.bytesOut) * BITS / seconds));
        before = now;
        beforeNanos = nowNanos;
        transport.shards().forEach(this::measureSoon);
        return rates;
    }

    private double busiest() {
        double busiest = 0;
        for (int i = 0; i < cpuBefore.length; i++) {
            long cpu = cpuNanos.get(i);
            long at = cpuAtNanos.get(i);
            if (cpuAtBefore[i] != 0 && at > cpuAtBefore[i]) {
                busiest = Math.max(busiest, (double) (cpu - cpuBefore[i]) / (at - cpuAtBefore[i]));
            }
            cpuBefore[i] = cpu;
            cpuAtBefore[i] = at;
        }
        return Math.min(1, busiest);
    }

    private Totals totals() {
        long packetsIn = 0;
        long packetsOut = 0;
        long bytesIn = 0;
        long bytesOut = 0;
        for (var shard : transport.shards()) {
            var stats = shard.stats();
            packetsIn += stats.receivedPackets();
            packetsOut += stats.sentPackets();
            bytesIn += stats.receivedBytes();
            bytesOut += stats.sentBytes();
        }
        return new Totals(packetsIn, packetsOut, bytesIn, bytesOut);
    }
}
