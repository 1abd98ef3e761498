package io.parley.media.rtp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * Builds a redundant audio payload (RFC 2198 section 3): {@link #begin}, {@link #redundant} oldest first,
 * {@link #primary}, {@link #finish}. The blocks are copied by {@code finish}; until then their memory must not change.
 * One owner.
 */
public final class RedWriter {
    private static final int OFFSET_MAX = 0x3fff;
    private static final int LENGTH_MAX = 0x3ff;
    private static final int REDUNDANT_HEADER = 4;

    private final MemorySegment[] sources = new MemorySegment[Limits.RED_BLOCKS];
    private final int[] positions = new int[Limits.RED_BLOCKS];
    private final int[] lengths = new int[Limits.RED_BLOCKS];
    private final int[] headers = new int[Limits.RED_BLOCKS];
    private int count;

    /** Forgets what was added before. */
    public RedWriter begin() {
        count = 0;
        return this;
    }

    /**
     * Adds a redundant block, or answers false when its offset (14 bits) or length (10 bits) cannot be said, or when
     * there are too many (RFC 2198 section 3).
     */
    public boolean redundant(int payloadType, int timestampOffset, MemorySegment from, int fromAt, int length) {
        boolean sayable = timestampOffset >= 0 && timestampOffset <= OFFSET_MAX && length >= 0 && length <= LENGTH_MAX;
        if (!sayable || count == Limits.RED_BLOCKS - 1) {
            return false;
        }
        headers[count] = 0x8000_0000 | (payloadType & 0x7f) << 24 | timestampOffset << 10 | length;
        keep(from, fromAt, length);
        return true;
    }

    private void keep(MemorySegment from, int fromAt, int length) {
        sources[count] = from;
        positions[count] = fromAt;
        lengths[count] = length;
        count++;
    }

    /**
     * Sets the primary block, the last one (RFC 2198 section 3). Its header is a single byte without offset and length.
     */
    public RedWriter primary(int payloadType, MemorySegment from, int fromAt, int length) {
        headers[count] = payloadType & 0x7f;
        keep(from, fromAt, length);
        return this;
    }

    /** Writes headers and blocks and returns the bytes written, or -1 when they do not fit (RFC 2198 section 3). */
    public int finish(MemorySegment to, int toAt, int capacity) {
        int last = count - 1;
        int sum = last * REDUNDANT_HEADER + 1;
        for (int i = 0; i < count; i++) {
            sum += lengths[i];
        }
        if (sum > capacity) {
            return -1;
        }
        int at = toAt;
        for (int i = 0; i < last; i++) {
            Bytes.put32(to, at, headers[i]);
            at += REDUNDANT_HEADER;
        }
        Bytes.put8(to, at++, headers[last]);
        for (int i = 0; i < count; i++) {
            Bytes.copy(sources[i], positions[i], to, at, lengths[i]);
            at += lengths[i];
        }
        return sum;
    }
}
