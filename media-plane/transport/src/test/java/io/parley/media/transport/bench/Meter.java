package io.parley.media.transport.bench;

import com.sun.management.ThreadMXBean;
import io.parley.media.transport.Shard;
import io.parley.media.transport.ShardStats;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;

/** What a shard's thread has used up so far. */
record Meter(long nanos, long cpuNanos, long allocatedBytes, ShardStats stats) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Reads it on the shard's own thread. */
    static Meter read(Shard shard) {
        var answer = new CompletableFuture<Meter>();
        shard.execute(() -> answer.complete(new Meter(
                System.nanoTime(),
                THREADS.getCurrentThreadCpuTime(),
                THREADS.getCurrentThreadAllocatedBytes(),
                shard.stats())));
        return answer.join();
    }

    /** Adds what was used since {@code before} to {@code report}, divided by what was sent. */
    void reportSent(Report report, String name, Meter before) {
        double packets = stats.sentPackets() - before.stats.sentPackets();
        report.add(name + ": CPU per packet", "us", (cpuNanos - before.cpuNanos) / packets / 1_000);
        report.add(name + ": packets", "1/s", packets * 1e9 / (nanos - before.nanos));
        report.add(name + ": packets per system call", "", packets / (stats.sendCalls() - before.stats.sendCalls()));
        report.add(name + ": heap per packet", "B", (allocatedBytes - before.allocatedBytes) / packets);
        report.add(
                name + ": refused by the system",
                "%",
                100.0 * (stats.unsentPackets() - before.stats.unsentPackets()) / packets);
    }

    /** As {@link #reportSent}, for what was received. */
    void reportReceived(Report report, String name, Meter before) {
        double packets = stats.receivedPackets() - before.stats.receivedPackets();
        report.add(name + ": CPU per packet", "us", (cpuNanos - before.cpuNanos) / packets / 1_000);
        report.add(name + ": heap per packet", "B", (allocatedBytes - before.allocatedBytes) / packets);
    }
}
