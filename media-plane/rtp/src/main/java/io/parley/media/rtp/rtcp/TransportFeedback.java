package io.parley.media.rtp.rtcp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * Transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1): for each sequence number
 * whether it arrived, and when. {@link #parse} checks all chunks and deltas; then {@link #next} walks them. One owner.
 *
 * <p>A message of a few bytes can speak of 65,535 packets, so walking it costs up to that many cheap steps.
 */
public final class TransportFeedback {
    /** Microseconds of one tick of a delta (draft-holmer section 3.1.5). */
    public static final int TICK_MICROS = 250;

    /** Ticks of one unit of the reference time: 64 ms (draft-holmer section 3.1). */
    static final int REFERENCE_TICKS = 256;

    static final int FIXED = RtcpType.FEEDBACK_HEADER + 8;
    static final int LOST = 0;
    static final int SMALL = 1;
    static final int LARGE = 2;

    private MemorySegment memory = MemorySegment.NULL;
    private int at;
    private int end;
    private int statusCount;
    private int chunksAt;
    private int deltasAt;

    // The walk.
    private int chunk;
    private int chunkStatuses;
    private int chunkIndex;
    private int chunkPosition;
    private int deltaPosition;
    private int walked;
    private int symbol;
    private int deltaTicks;
    private long arrivalTicks;

    /** Points at the compound's current packet and checks it whole (draft-holmer section 3.1). */
    public boolean parse(RtcpCompound compound) {
        boolean ours = compound.isFeedback(RtcpType.TRANSPORT_FEEDBACK, RtcpType.FORMAT_TRANSPORT_WIDE);
        if (!ours || compound.length() < FIXED) {
            return false;
        }
        memory = compound.memory();
        at = compound.at();
        end = at + compound.length();
        statusCount = Bytes.u16(memory, at + 14);
        chunksAt = at + FIXED;
        return statusCount > 0 && locateDeltas();
    }

    /** Walks chunks, adding up the bytes of their deltas. */
    private boolean locateDeltas() {
        int position = chunksAt;
        int deltaBytes = 0;
        int left = statusCount;
        while (left > 0) {
            if (end - position < 2) {
                return false;
            }
            int word = Bytes.u16(memory, position);
            position += 2;
            int statuses = Math.min(left, statuses(word));
            if (statuses == 0) {
                return false; // a run of none would let a message be walked without end
            }
            int bytes = deltaBytes(word, statuses);
            if (bytes < 0) {
                return false;
            }
            deltaBytes += bytes;
            left -= statuses;
        }
        deltasAt = position;
        rewind();
        return deltaBytes <= end - position;
    }

    /** How many statuses a chunk has: a run length (section 3.1.3), 14 single bits or 7 pairs (section 3.1.4). */
    private static int statuses(int word) {
        if ((word & 0x8000) == 0) {
            return word & 0x1fff;
        }
        return (word & 0x4000) == 0 ? 14 : 7;
    }

    private static int symbol(int word, int index) {
        if ((word & 0x8000) == 0) {
            return word >> 13 & 3;
        }
        return (word & 0x4000) == 0 ? word >> (13 - index) & 1 : word >> (12 - 2 * index) & 3;
    }

    /** Bytes of the deltas of a chunk's first statuses, or -1 when one of them has the reserved symbol. */
    private static int deltaBytes(int word, int statuses) {
        if ((word & 0x8000) == 0) {
            int symbol = symbol(word, 0);
            return symbol > LARGE ? -1 : symbol * statuses;
        }
        int bytes = 0;
        for (int i = 0; i < statuses; i++) {
            int symbol = symbol(word, i);
            if (symbol > LARGE) {
                return -1;
            }
            bytes += symbol;
        }
        return bytes;
    }

    /** Who sends the feedback (RFC 4585 section 6.1). */
    public int senderSsrc() {
        return Bytes.i32(memory, at + 4);
    }

    /** A media source of the sender, any (draft-holmer section 3.1). */
    public int mediaSsrc() {
        return Bytes.i32(memory, at + 8);
    }

    /** The first sequence number spoken of (draft-holmer section 3.1). */
    public int baseSequence() {
        return Bytes.u16(memory, at + 12);
    }

    /** How many sequence numbers are spoken of, 1 to 65535 (draft-holmer section 3.1). */
    public int statusCount() {
        return statusCount;
    }

    /** The reference time in units of 64 ms, 24 bits with a sign, of an unknown epoch (draft-holmer section 3.1). */
    public int referenceTime() {
        return Bytes.i24(memory, at + 16);
    }

    /** Counts feedback messages, modulo 256: a hole is a lost message (draft-holmer section 3.1). */
    public int feedbackCount() {
        return Bytes.u8(memory, at + 19);
    }

    /** Starts the walk over. */
    public void rewind() {
        chunkStatuses = 0;
        chunkIndex = 0;
        chunkPosition = chunksAt;
        deltaPosition = deltasAt;
        walked = 0;
        arrivalTicks = (long) referenceTime() * REFERENCE_TICKS;
    }

    /** Moves to the next sequence number, or answers false behind the last (draft-holmer section 3.1). */
    public boolean next() {
        if (walked == statusCount) {
            return false;
        }
        if (chunkIndex == chunkStatuses) {
            chunk = Bytes.u16(memory, chunkPosition);
            chunkPosition += 2;
            chunkStatuses = statuses(chunk);
            chunkIndex = 0;
        }
        symbol = symbol(chunk, chunkIndex);
        chunkIndex++;
        walked++;
        if (symbol == SMALL) {
            deltaTicks = Bytes.u8(memory, deltaPosition);
        } else {
            deltaTicks = symbol == LARGE ? Bytes.i16(memory, deltaPosition) : 0;
        }
        deltaPosition += symbol;
        arrivalTicks += deltaTicks;
        return true;
    }

    /** The current sequence number (draft-holmer section 3.1). */
    public int sequence() {
        return (baseSequence() + walked - 1) & 0xffff;
    }

    /** Whether the current packet arrived (draft-holmer section 3.1.1). */
    public boolean received() {
        return symbol != LOST;
    }

    /** Ticks since the arrival before; negative when it was reordered (draft-holmer section 3.1.5). */
    public int deltaTicks() {
        return deltaTicks;
    }

    /**
     * Arrival of the current packet in ticks of 250 µs on the receiver's clock (draft-holmer sections 3.1 and 3.1.5).
     */
    public long arrivalTicks() {
        return arrivalTicks;
    }
}
