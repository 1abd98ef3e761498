package io.parley.media.rtp.codec;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * What an H.264 payload holds: a single NAL unit, an aggregate (STAP-A) or a fragment (FU-A) (RFC 6184 sections 5.4,
 * 5.6, 5.7.1 and 5.8). The kinds of interleaved mode, which browsers never use, are well-formed and hold nothing we
 * know. One owner.
 */
public final class H264Payload {
    /** Coded slice of another picture than IDR (ITU-T H.264 table 7-1). */
    public static final int NAL_SLICE = 1;

    /** Coded slice of an IDR picture (ITU-T H.264 table 7-1). */
    public static final int NAL_IDR = 5;

    /** Sequence parameter set (ITU-T H.264 table 7-1). */
    public static final int NAL_SPS = 7;

    private static final int STAP_A = 24;
    private static final int FU_A = 28;

    private MemorySegment memory = MemorySegment.NULL;
    private int nalType;
    private int nalCount;
    private int kinds;
    private int referenceIdc;
    private boolean fragment;
    private boolean fragmentStart;
    private boolean fragmentEnd;
    private int spsAt;
    private int spsLength;

    /**
     * Points at a payload; false when it is empty, cut off, or of a type that may not be sent (RFC 6184 section 5.2).
     */
    public boolean parse(MemorySegment source, int at, int bytes) {
        memory = source;
        kinds = 0;
        nalCount = 0;
        fragment = false;
        fragmentStart = false;
        fragmentEnd = false;
        spsLength = 0;
        referenceIdc = 0;
        if (bytes < 1) {
            return false;
        }
        int head = Bytes.u8(source, at);
        nalType = head & 0x1f;
        if (nalType == 0 || nalType > FU_A + 1) {
            return false;
        }
        referenceIdc = head >> 5 & 3;
        if (nalType < STAP_A) {
            meet(at, bytes);
            return true;
        }
        if (nalType == STAP_A) {
            return aggregate(at + 1, at + bytes);
        }
        return nalType == FU_A ? fragment(at, bytes) : bytes >= 3;
    }

    private void meet(int at, int bytes) {
        int head = Bytes.u8(memory, at);
        int type = head & 0x1f;
        if (nalCount == 0) {
            nalType = type;
        }
        nalCount++;
        kinds |= 1 << type;
        referenceIdc = Math.max(referenceIdc, head >> 5 & 3);
        if (type == NAL_SPS && spsLength == 0) {
            spsAt = at;
            spsLength = bytes;
        }
    }

    private boolean aggregate(int start, int end) {
        int at = start;
        while (at < end) {
            if (end - at < 3) {
                return false;
            }
            int bytes = Bytes.u16(memory, at);
            if (bytes == 0 || bytes > end - at - 2) {
                return false;
            }
            meet(at + 2, bytes);
            at += 2 + bytes;
        }
        return nalCount > 0;
    }

    private boolean fragment(int at, int bytes) {
        if (bytes < 3) {
            return false;
        }
        int head = Bytes.u8(memory, at + 1);
        nalType = head & 0x1f;
        nalCount = 1;
        kinds = 1 << nalType;
        fragment = true;
        fragmentStart = (head & 0x80) != 0;
        fragmentEnd = (head & 0x40) != 0;
        return !(fragmentStart && fragmentEnd); // RFC 6184 section 5.8: not both
    }

    /** The type of the first, or only, or fragmented NAL unit (RFC 6184 section 5.3). */
    public int nalType() {
        return nalType;
    }

    /** NAL units in the packet; a fragment counts as one (RFC 6184 section 5.7.1). */
    public int nalCount() {
        return nalCount;
    }

    /** Whether a NAL unit of {@code type}, or a fragment of one, is in the packet (RFC 6184 section 5.3). */
    public boolean holds(int type) {
        return (kinds & 1 << type) != 0;
    }

    /** The greatest nal_ref_idc; 0 means that no other frame depends on this packet (RFC 6184 section 5.3). */
    public int referenceIdc() {
        return referenceIdc;
    }

    /** Whether the packet is a fragment of one NAL unit, FU-A (RFC 6184 section 5.8). */
    public boolean isFragment() {
        return fragment;
    }

    /** S: the first fragment (RFC 6184 section 5.8). */
    public boolean isFragmentStart() {
        return fragmentStart;
    }

    /** E: the last fragment (RFC 6184 section 5.8). */
    public boolean isFragmentEnd() {
        return fragmentEnd;
    }

    /**
     * Whether a decoder can start at this packet: it has a parameter set, or begins an IDR picture (RFC 6184 section
     * 5.3). Senders repeat the parameter sets in front of each IDR picture, so of a keyframe both kinds of packet say
     * so.
     */
    public boolean isKeyframe() {
        return holds(NAL_SPS) || (holds(NAL_IDR) && (!fragment || fragmentStart));
    }

    /** Where the sequence parameter set begins, at its NAL header; means something if {@link #spsLength} is not 0. */
    public int spsAt() {
        return spsAt;
    }

    /** Bytes of a whole sequence parameter set in the packet, or 0 (RFC 6184 section 5.6). */
    public int spsLength() {
        return spsLength;
    }
}
