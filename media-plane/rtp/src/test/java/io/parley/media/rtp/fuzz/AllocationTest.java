package io.parley.media.rtp.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.parley.media.rtp.Hex;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parsing, walking, rewriting and writing allocate nothing, for sound packets and for hostile ones. */
final class AllocationTest {
    private static final int PACKETS = 512;
    private static final int SLOT = 4_096;
    private static final int ROUNDS = 40;
    private static final int PASSES = 5;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final MemorySegment memory = Hex.memory(PACKETS * SLOT);
    private final int[] lengths = new int[PACKETS];

    static List<Target> targets() {
        return Target.all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void noPacketCostsAByte(Target target) {
        assertTrue(threads.isThreadAllocatedMemoryEnabled());
        var mutator = new Mutator(target.sound(), new Random(1));
        for (int i = 0; i < PACKETS; i++) {
            byte[] bytes = mutator.next();
            lengths[i] = bytes.length;
            MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, (long) i * SLOT, bytes.length);
        }
        long sum = readAll(target); // class loading, linking and the compiler's own needs come first
        long allocated = Long.MAX_VALUE;
        // The compiler may still swap code, once; what a packet costs shows in every pass.
        for (int pass = 0; pass < PASSES && allocated > 0; pass++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            sum += readAll(target);
            allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, allocated, target.name() + ", bytes for " + PACKETS * ROUNDS + " packets, sum " + sum);
    }

    private long readAll(Target target) {
        long sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < PACKETS; i++) {
                sum += target.parser().read(memory, i * SLOT, lengths[i]);
            }
        }
        return sum;
    }
}
