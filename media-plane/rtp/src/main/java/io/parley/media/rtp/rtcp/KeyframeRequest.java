package io.parley.media.rtp.rtcp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * A wish for a keyframe: a picture loss indication (RFC 4585 section 6.3.1) or a full intra request (RFC 5104 section
 * 4.3.1). One owner.
 */
public final class KeyframeRequest {
    private static final int FIR_ENTRY = 8;

    private MemorySegment memory = MemorySegment.NULL;
    private int at;
    private int count;
    private boolean fir;

    /**
     * Points at the compound's current packet; false when it is neither PLI nor FIR (RFC 4585 6.3.1, RFC 5104 4.3.1).
     */
    public boolean parse(RtcpCompound compound) {
        memory = compound.memory();
        fir = compound.isFeedback(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_FIR);
        if (fir) {
            at = compound.at() + RtcpType.FEEDBACK_HEADER;
            count = (compound.length() - RtcpType.FEEDBACK_HEADER) / FIR_ENTRY;
            return count > 0;
        }
        at = compound.at() + 8;
        count = 1;
        return compound.isFeedback(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_PLI);
    }

    /** Whether this is a FIR, which must be answered even if nothing was lost (RFC 5104 section 4.3.1). */
    public boolean isFir() {
        return fir;
    }

    /** How many sources are asked; one for a PLI (RFC 4585 section 6.3.1). */
    public int count() {
        return count;
    }

    /** Source {@code index}, below {@link #count} (RFC 4585 section 6.1, RFC 5104 section 4.3.1.1). */
    public int mediaSsrc(int index) {
        return Bytes.i32(memory, fir ? at + index * FIR_ENTRY : at);
    }

    /** The command number of a FIR: the same number is a repetition (RFC 5104 section 4.3.1.1). */
    public int firSequence(int index) {
        return Bytes.u8(memory, at + index * FIR_ENTRY + 4);
    }
}
