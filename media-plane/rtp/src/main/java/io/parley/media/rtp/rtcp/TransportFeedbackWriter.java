package io.parley.media.rtp.rtcp;

import io.parley.media.rtp.Limits;
import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * Builds transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1): {@link #begin} with
 * the first packet that arrived, {@link #received} for each later one in the order of sequence numbers, {@link #write}.
 * When {@code received} answers false the message is full: write it and begin another with that packet. One owner.
 */
public final class TransportFeedbackWriter {
    private static final int RUN_MAX = 0x1fff;
    private static final int VECTOR_1 = 14;
    private static final int VECTOR_2 = 7;
    private static final long TICK_NANOS = TransportFeedback.TICK_MICROS * 1_000L;
    private static final long REFERENCE_NANOS = TransportFeedback.REFERENCE_TICKS * TICK_NANOS;

    private final byte[] symbols = new byte[Limits.FEEDBACK_STATUSES];
    private final short[] deltas = new short[Limits.FEEDBACK_STATUSES];
    private int baseSequence;
    private int referenceTime;
    private int count;
    private int deltaBytes;
    private long lastTicks;

    /** Begins a message; {@code arrivalNanos} is of any monotonic clock (draft-holmer section 3.1). */
    public void begin(int sequence, long arrivalNanos) {
        baseSequence = sequence & 0xffff;
        long reference = Math.floorDiv(arrivalNanos, REFERENCE_NANOS);
        referenceTime = (int) reference;
        lastTicks = reference * TransportFeedback.REFERENCE_TICKS;
        count = 0;
        deltaBytes = 0;
        append(arrivalNanos);
    }

    /**
     * Adds a packet that arrived; those between it and the one before are lost. False, and nothing is added, when it is
     * not newer, when its time is more than 8.19 s away from the one before, or when the message would say more than
     * {@link Limits#FEEDBACK_STATUSES} (draft-holmer sections 3.1 and 3.1.5).
     */
    public boolean received(int sequence, long arrivalNanos) {
        int index = (sequence - baseSequence) & 0xffff;
        long delta = ticks(arrivalNanos) - lastTicks;
        if (index < count || index >= Limits.FEEDBACK_STATUSES || delta != (short) delta) {
            return false;
        }
        while (count < index) {
            symbols[count] = TransportFeedback.LOST;
            count++;
        }
        append(arrivalNanos);
        return true;
    }

    private void append(long arrivalNanos) {
        long now = ticks(arrivalNanos);
        int delta = (int) (now - lastTicks);
        lastTicks = now;
        boolean small = delta >= 0 && delta <= 255;
        symbols[count] = (byte) (small ? TransportFeedback.SMALL : TransportFeedback.LARGE);
        deltas[count] = (short) delta;
        deltaBytes += small ? 1 : 2;
        count++;
    }

    /** Rounded on the clock itself, so that the errors of many deltas do not add up. */
    private static long ticks(long nanos) {
        return Math.floorDiv(nanos, TICK_NANOS);
    }

    /** Sequence numbers that the message speaks of (draft-holmer section 3.1). */
    public int statusCount() {
        return count;
    }

    /**
     * Writes the message and returns its bytes, padding included, or -1 when they do not fit (draft-holmer section
     * 3.1). {@code feedbackCount} counts messages modulo 256. {@code ssrcs} holds the sender's SSRC, then the media
     * SSRC.
     */
    public int write(MemorySegment memory, int at, int capacity, int[] ssrcs, int feedbackCount) {
        int chunks = chunks(memory, -1);
        int bytes = TransportFeedback.FIXED + chunks * 2 + deltaBytes;
        int padding = -bytes & 3;
        int size = bytes + padding;
        if (size > capacity) {
            return -1;
        }
        Bytes.put8(memory, at, (padding > 0 ? 0xa0 : 0x80) | RtcpType.FORMAT_TRANSPORT_WIDE);
        Bytes.put8(memory, at + 1, RtcpType.TRANSPORT_FEEDBACK);
        Bytes.put16(memory, at + 2, size / 4 - 1);
        Bytes.put32(memory, at + 4, ssrcs[0]);
        Bytes.put32(memory, at + 8, ssrcs[1]);
        Bytes.put16(memory, at + 12, baseSequence);
        Bytes.put16(memory, at + 14, count);
        Bytes.put24(memory, at + 16, referenceTime);
        Bytes.put8(memory, at + 19, feedbackCount);
        chunks(memory, at + TransportFeedback.FIXED);
        deltas(memory, at + TransportFeedback.FIXED + chunks * 2);
        if (padding > 0) {
            Bytes.clear(memory, at + bytes, padding - 1);
            Bytes.put8(memory, at + size - 1, padding);
        }
        return size;
    }

    /** Writes the chunks, or only counts them when {@code at} is -1; returns how many there are. */
    private int chunks(MemorySegment memory, int at) {
        int chunks = 0;
        int index = 0;
        while (index < count) {
            int run = run(index);
            int word;
            if (run >= VECTOR_1 || run == count - index) {
                word = symbols[index] << 13 | run;
                index += run;
            } else if (!hasLarge(index, VECTOR_1)) {
                word = 0x8000 | vector(index, VECTOR_1, 1);
                index += VECTOR_1;
            } else if (run >= VECTOR_2) {
                word = symbols[index] << 13 | run;
                index += run;
            } else {
                word = 0xc000 | vector(index, VECTOR_2, 2);
                index += VECTOR_2;
            }
            if (at >= 0) {
                Bytes.put16(memory, at + chunks * 2, word);
            }
            chunks++;
        }
        return chunks;
    }

    private int run(int from) {
        int to = from + 1;
        while (to < count && to - from < RUN_MAX && symbols[to] == symbols[from]) {
            to++;
        }
        return to - from;
    }

    private boolean hasLarge(int from, int statuses) {
        for (int i = from; i < Math.min(count, from + statuses); i++) {
            if (symbols[i] == TransportFeedback.LARGE) {
                return true;
            }
        }
        return false;
    }

    /** The symbols of a vector chunk, the first in the highest place; behind the last come zeros. */
    private int vector(int from, int statuses, int bits) {
        int word = 0;
        for (int i = from; i < from + statuses; i++) {
            word = word << bits | (i < count ? symbols[i] : TransportFeedback.LOST);
        }
        return word;
    }

    private void deltas(MemorySegment memory, int start) {
        int at = start;
        for (int i = 0; i < count; i++) {
            if (symbols[i] == TransportFeedback.SMALL) {
                Bytes.put8(memory, at, deltas[i]);
            } else if (symbols[i] == TransportFeedback.LARGE) {
                Bytes.put16(memory, at, deltas[i]);
            }
            at += symbols[i];
        }
    }
}
