package io.parley.media.sfu.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The whole way of a packet through a room, with feedback, retransmissions and rewriting, leaves no garbage. */
class ForwardAllocationTest {
    private static final int RECEIVERS = 10;
    private static final int WARM_FRAMES = 2_000;
    private static final int FRAMES = 400;
    private static final int PASSES = 6;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void noForwardedPacketCostsAByte() {
        assertTrue(threads.isThreadAllocatedMemoryEnabled());
        var load = new ForwardLoad(RECEIVERS);
        run(load, WARM_FRAMES);
        long allocated = Long.MAX_VALUE;
        long sent = load.sent();
        // The compiler may still swap code; what a packet costs shows in every pass.
        for (int pass = 0; pass < PASSES && allocated > 0; pass++) {
            allocated = Math.min(allocated, run(load, FRAMES));
        }
        long forwarded = load.sent() - sent;
        assertTrue(
                forwarded >= (long) FRAMES * RECEIVERS * ForwardLoad.PACKETS_PER_FRAME,
                "forwarded " + forwarded + load.state());
        assertTrue(load.repairs() > RECEIVERS, "packets were sent again: " + load.repairs());
        assertEquals(0, allocated, "bytes for " + forwarded + " packets");
    }

    /** Answers the bytes that packets cost; thinking about layers ten times a second, in tick, is not among them. */
    private long run(ForwardLoad load, int frames) {
        long bytes = 0;
        for (int i = 0; i < frames; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            load.frame();
            load.answers();
            bytes += threads.getCurrentThreadAllocatedBytes() - before;
            load.tick();
        }
        return bytes;
    }
}
