package io.parley.media.rtp.rtcp;

import io.parley.media.rtp.Limits;
import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** The receiver's estimate of the bandwidth (draft-alvestrand-rmcat-remb-03 section 2.2). One owner. */
public final class Remb {
    static final int NAME = 0x52454d42;
    private static final int FIXED = RtcpType.FEEDBACK_HEADER + 8;

    private MemorySegment memory = MemorySegment.NULL;
    private int at;
    private int count;
    private long bitrateBps;

    /**
     * Points at the compound's current packet; false when it is no REMB or its number is beyond 63 bits (section 2.2).
     */
    public boolean parse(RtcpCompound compound) {
        boolean application = compound.isFeedback(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_APPLICATION);
        if (!application || compound.length() < FIXED) {
            return false;
        }
        memory = compound.memory();
        at = compound.at() + FIXED;
        int number = Bytes.i32(memory, at - 4);
        count = number >>> 24;
        int exponent = number >> 18 & 0x3f;
        long mantissa = number & 0x3ffff;
        bitrateBps = mantissa << exponent;
        boolean sayable = mantissa == 0 || exponent < Long.numberOfLeadingZeros(mantissa);
        return Bytes.i32(memory, at - 8) == NAME
                && sayable
                && count <= Limits.REMB_SOURCES
                && compound.length() >= FIXED + count * 4;
    }

    /** Bits per second for all sources together (draft-alvestrand-rmcat-remb-03 section 2.2). */
    public long bitrateBps() {
        return bitrateBps;
    }

    /** How many sources share it (draft-alvestrand-rmcat-remb-03 section 2.2). */
    public int count() {
        return count;
    }

    /** Source {@code index}, below {@link #count} (draft-alvestrand-rmcat-remb-03 section 2.2). */
    public int ssrc(int index) {
        return Bytes.i32(memory, at + index * 4);
    }
}
