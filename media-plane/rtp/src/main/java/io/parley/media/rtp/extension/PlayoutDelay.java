package io.parley.media.rtp.extension;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * The playout delay limits of WebRTC's playout-delay extension: two numbers of 12 bits in units of 10 ms (as an RFC
 * 8285 section 4 element).
 */
public final class PlayoutDelay {
    /** Bytes of the value. */
    public static final int LENGTH = 3;

    /** The longest delay that can be said. */
    public static final int MILLIS_MAX = 0xfff * 10;

    private PlayoutDelay() {}

    /** The least delay, in milliseconds (RFC 8285 section 4 element, WebRTC playout-delay). */
    public static int minMillis(MemorySegment memory, int at) {
        return (Bytes.u24(memory, at) >> 12) * 10;
    }

    /** The greatest delay, in milliseconds (RFC 8285 section 4 element, WebRTC playout-delay). */
    public static int maxMillis(MemorySegment memory, int at) {
        return (Bytes.u24(memory, at) & 0xfff) * 10;
    }

    /** Writes both, each cut to {@link #MILLIS_MAX} and rounded down to 10 ms (WebRTC playout-delay). */
    public static void write(MemorySegment memory, int at, int minMillis, int maxMillis) {
        int min = Math.clamp(minMillis, 0, MILLIS_MAX) / 10;
        int max = Math.clamp(maxMillis, 0, MILLIS_MAX) / 10;
        Bytes.put24(memory, at, min << 12 | max);
    }
}
