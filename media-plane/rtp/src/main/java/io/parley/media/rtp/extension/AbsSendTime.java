package io.parley.media.rtp.extension;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * The absolute send time (draft-alvestrand-rmcat-remb-03 section 2.3): 24 bits, 6.18 fixed point seconds, so it wraps
 * every 64 seconds and one unit is about 3.8 microseconds.
 */
public final class AbsSendTime {
    /** Bytes of the value (draft-alvestrand-rmcat-remb-03 section 2.3). */
    public static final int LENGTH = 3;

    private static final int FRACTION_BITS = 18;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_ROUND = 64 * NANOS_PER_SECOND;

    private AbsSendTime() {}

    /** The 24-bit value (draft-alvestrand-rmcat-remb-03 section 2.3). */
    public static int read(MemorySegment memory, int at) {
        return Bytes.u24(memory, at);
    }

    /** Writes the low 24 bits (draft-alvestrand-rmcat-remb-03 section 2.3). */
    public static void write(MemorySegment memory, int at, int value) {
        Bytes.put24(memory, at, value);
    }

    /** The value for a time of any monotonic clock (draft-alvestrand-rmcat-remb-03 section 2.3). */
    public static int of(long monoNanos) {
        return (int) ((Math.floorMod(monoNanos, NANOS_PER_ROUND) << FRACTION_BITS) / NANOS_PER_SECOND);
    }

    /**
     * Nanoseconds from one value to the next, -32 s to 32 s, over the wrap (draft-alvestrand-rmcat-remb-03 section
     * 2.3).
     */
    public static long nanosBetween(int from, int to) {
        int units = ((to - from) << 8) >> 8;
        return (units * NANOS_PER_SECOND) >> FRACTION_BITS;
    }
}
