package io.parley.media.sfu.room;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPU time of forwarding a packet, without encryption and system calls; {@code ./parley bench forward} runs it. */
class ForwardBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int[] RECEIVERS = {20, 100, 500};
    private static final int PACKETS_PER_ROUND = 400_000;
    private static final int ROUNDS = 9;

    @Test
    @Timeout(120)
    void nanosecondsPerForwardedPacket() {
        for (int receivers : RECEIVERS) {
            var load = new ForwardLoad(receivers);
            int frames = PACKETS_PER_ROUND / receivers / ForwardLoad.PACKETS_PER_FRAME;
            long[] nanos = new long[ROUNDS];
            round(load, frames);
            round(load, frames);
            for (int i = 0; i < ROUNDS; i++) {
                nanos[i] = round(load, frames);
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "receivers=%d cpu_ns_per_forwarded_packet min=%d median=%d max=%d%n",
                    receivers, nanos[0], nanos[ROUNDS / 2], nanos[ROUNDS - 1]);
        }
    }

    private static long round(ForwardLoad load, int frames) {
        long before = load.sent();
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < frames; i++) {
            load.frame();
            load.answers();
            load.tick();
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / Math.max(1, load.sent() - before);
    }
}
