package io.parley.media.rtp.rtcp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** The sequence numbers that a generic NACK asks for (RFC 4585 section 6.2.1). One owner. */
public final class Nack {
    private static final int ENTRY = 4;

    private MemorySegment memory = MemorySegment.NULL;
    private int position;
    private int end;
    private int mediaSsrc;
    private int sequence;
    private int mask;

    /**
     * Points at the compound's current packet; false when it is no NACK or asks for nothing (RFC 4585 section 6.2.1).
     */
    public boolean parse(RtcpCompound compound) {
        if (!compound.isFeedback(RtcpType.TRANSPORT_FEEDBACK, RtcpType.FORMAT_NACK)) {
            return false;
        }
        memory = compound.memory();
        mediaSsrc = compound.mediaSsrc();
        int entries = (compound.length() - RtcpType.FEEDBACK_HEADER) / ENTRY;
        position = compound.at() + RtcpType.FEEDBACK_HEADER;
        end = position + entries * ENTRY;
        mask = 0;
        return entries > 0;
    }

    /** The source whose packets are missing (RFC 4585 section 6.1). */
    public int mediaSsrc() {
        return mediaSsrc;
    }

    /** The next missing sequence number, 0 to 65535, or -1 behind the last (RFC 4585 section 6.2.1). */
    public int next() {
        if (mask != 0) {
            int bit = Integer.numberOfTrailingZeros(mask);
            mask &= mask - 1;
            return (sequence + 1 + bit) & 0xffff;
        }
        if (position >= end) {
            return -1;
        }
        sequence = Bytes.u16(memory, position);
        mask = Bytes.u16(memory, position + 2);
        position += ENTRY;
        return sequence;
    }
}
