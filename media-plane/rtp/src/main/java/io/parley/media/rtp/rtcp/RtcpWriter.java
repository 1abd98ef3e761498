package io.parley.media.rtp.rtcp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * Writes a compound RTCP packet (RFC 3550 section 6.1): packets one after the other. Each method answers false, and
 * writes nothing, when its packet does not fit. One owner.
 */
public final class RtcpWriter {
    private static final int SENDER_REPORT = 28;
    private static final int RECEIVER_REPORT = 8;
    private static final int BLOCK = 24;
    private static final int BLOCKS_MAX = 31;

    private MemorySegment memory = MemorySegment.NULL;
    private int start;
    private int position;
    private int end;
    private int report = -1;

    /** Begins a compound packet of at most {@code capacity} bytes (RFC 3550 section 6.1). */
    public RtcpWriter begin(MemorySegment target, int at, int capacity) {
        memory = target;
        start = at;
        position = at;
        end = at + capacity;
        report = -1;
        return this;
    }

    /** Bytes written so far (RFC 3550 section 6.1). */
    public int length() {
        return position - start;
    }

    /** A sender report; blocks may follow (RFC 3550 section 6.4.1). {@code ntp} is 32.32 fixed point since 1900. */
    public boolean senderReport(int ssrc, long ntp, int rtpTimestamp, long packets, long octets) {
        int at = packet(RtcpType.SENDER_REPORT, 0, SENDER_REPORT);
        if (at < 0) {
            return false;
        }
        report = at;
        Bytes.put32(memory, at + 4, ssrc);
        Bytes.put64(memory, at + 8, ntp);
        Bytes.put32(memory, at + 16, rtpTimestamp);
        Bytes.put32(memory, at + 20, (int) packets);
        Bytes.put32(memory, at + 24, (int) octets);
        return true;
    }

    /** A receiver report; blocks may follow (RFC 3550 section 6.4.2). */
    public boolean receiverReport(int ssrc) {
        int at = packet(RtcpType.RECEIVER_REPORT, 0, RECEIVER_REPORT);
        if (at < 0) {
            return false;
        }
        report = at;
        Bytes.put32(memory, at + 4, ssrc);
        return true;
    }

    /**
     * A block of the report just written, without the times of the last sender report (RFC 3550 section 6.4.1); false
     * also when there is no report in front or it has 31 blocks. {@code lost} is cut to 24 bits with its sign.
     */
    public boolean block(int ssrc, int fractionLost, int lost, long highestSequence, long jitterTicks) {
        if (report < 0 || (Bytes.u8(memory, report) & 0x1f) == BLOCKS_MAX || end - position < BLOCK) {
            return false;
        }
        int at = position;
        position += BLOCK;
        Bytes.put8(memory, report, Bytes.u8(memory, report) + 1);
        Bytes.put16(memory, report + 2, (position - report) / 4 - 1);
        Bytes.put32(memory, at, ssrc);
        Bytes.put8(memory, at + 4, Math.clamp(fractionLost, 0, 255));
        Bytes.put24(memory, at + 5, Math.clamp(lost, -0x80_0000, 0x7f_ffff));
        Bytes.put32(memory, at + 8, (int) highestSequence);
        Bytes.put32(memory, at + 12, (int) jitterTicks);
        Bytes.put64(memory, at + 16, 0);
        return true;
    }

    /** LSR and DLSR of the block just written (RFC 3550 section 6.4.1): see {@link Report#lastReport}. */
    public void blockDelay(int lastReport, long delaySinceLastReport) {
        Bytes.put32(memory, position - 8, lastReport);
        Bytes.put32(memory, position - 4, (int) delaySinceLastReport);
    }

    /** A source description with one canonical name of at most 255 bytes (RFC 3550 section 6.5.1). */
    public boolean canonicalName(int ssrc, byte[] name) {
        // Header, SSRC, item head, name, and one to four zeros up to a word's border.
        int bytes = 8 + (2 + name.length + 4) / 4 * 4;
        int at = name.length > 255 ? -1 : packet(RtcpType.SOURCE_DESCRIPTION, 1, bytes);
        if (at < 0) {
            return false;
        }
        Bytes.put32(memory, at + 4, ssrc);
        Bytes.put8(memory, at + 8, SourceDescription.CNAME);
        Bytes.put8(memory, at + 9, name.length);
        Bytes.copy(name, memory, at + 10, name.length);
        Bytes.clear(memory, at + 10 + name.length, bytes - 10 - name.length);
        return true;
    }

    /** A goodbye of one source without a reason (RFC 3550 section 6.6). */
    public boolean goodbye(int ssrc) {
        int at = packet(RtcpType.GOODBYE, 1, 8);
        if (at < 0) {
            return false;
        }
        Bytes.put32(memory, at + 4, ssrc);
        return true;
    }

    /** A picture loss indication (RFC 4585 section 6.3.1). */
    public boolean pictureLoss(int senderSsrc, int mediaSsrc) {
        return feedback(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_PLI, 0, senderSsrc, mediaSsrc) >= 0;
    }

    /** A full intra request for one source (RFC 5104 section 4.3.1.1): a new wish has a new {@code firSequence}. */
    public boolean fullIntra(int senderSsrc, int mediaSsrc, int firSequence) {
        int at = feedback(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_FIR, 8, senderSsrc, 0);
        if (at < 0) {
            return false;
        }
        Bytes.put32(memory, at, mediaSsrc);
        Bytes.put32(memory, at + 4, firSequence << 24);
        return true;
    }

    /**
     * The bandwidth estimate for the first {@code count} of {@code ssrcs} (draft-alvestrand-rmcat-remb-03 section 2.2).
     */
    public boolean remb(int senderSsrc, long bitrateBps, int[] ssrcs, int count) {
        int at = count > 255
                ? -1
                : feedback(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_APPLICATION, 8 + 4 * count, senderSsrc, 0);
        if (at < 0) {
            return false;
        }
        int exponent = Math.max(0, 64 - 18 - Long.numberOfLeadingZeros(bitrateBps));
        Bytes.put32(memory, at, Remb.NAME);
        Bytes.put32(memory, at + 4, (count << 24) | (exponent << 18) | (int) (bitrateBps >> exponent));
        for (int i = 0; i < count; i++) {
            Bytes.put32(memory, at + 8 + i * 4, ssrcs[i]);
        }
        return true;
    }

    /**
     * A generic NACK for the set bits of {@code missing}, of which bit {@code i} stands for {@code firstSequence + i}
     * (RFC 4585 section 6.2.1); the first {@code bits} bits count. Nothing missing writes nothing and is true.
     */
    public boolean nack(int senderSsrc, int mediaSsrc, int firstSequence, long[] missing, int bits) {
        int entries = 0;
        for (int bit = nextBit(missing, 0, bits); bit < bits; bit = nextBit(missing, bit + 17, bits)) {
            entries++;
        }
        if (entries == 0) {
            return true;
        }
        int at = feedback(RtcpType.TRANSPORT_FEEDBACK, RtcpType.FORMAT_NACK, entries * 4, senderSsrc, mediaSsrc);
        if (at < 0) {
            return false;
        }
        for (int bit = nextBit(missing, 0, bits); bit < bits; bit = nextBit(missing, bit + 17, bits)) {
            Bytes.put16(memory, at, firstSequence + bit);
            Bytes.put16(memory, at + 2, following16(missing, bit, bits));
            at += 4;
        }
        return true;
    }

    private static int nextBit(long[] words, int from, int bits) {
        for (int bit = from; bit < bits; bit = (bit | 63) + 1) {
            long rest = words[bit >> 6] >>> bit; // the shift counts modulo 64
            if (rest != 0) {
                return Math.min(bits, bit + Long.numberOfTrailingZeros(rest));
            }
        }
        return bits;
    }

    /** The mask of the 16 numbers behind {@code bit}, the nearest in its lowest place. */
    private static int following16(long[] words, int bit, int bits) {
        int mask = 0;
        for (int i = 0; i < 16 && bit + 1 + i < bits; i++) {
            int other = bit + 1 + i;
            mask |= (int) (words[other >> 6] >>> other & 1) << i;
        }
        return mask;
    }

    /** Begins a feedback message and returns where its {@code bytes} of control information go, or -1. */
    private int feedback(int type, int format, int bytes, int senderSsrc, int mediaSsrc) {
        int at = packet(type, format, RtcpType.FEEDBACK_HEADER + bytes);
        if (at < 0) {
            return -1;
        }
        Bytes.put32(memory, at + 4, senderSsrc);
        Bytes.put32(memory, at + 8, mediaSsrc);
        return at + RtcpType.FEEDBACK_HEADER;
    }

    private int packet(int type, int count, int bytes) {
        if (bytes > end - position) {
            return -1;
        }
        int at = position;
        position += bytes;
        report = -1;
        Bytes.put8(memory, at, 0x80 | count);
        Bytes.put8(memory, at + 1, type);
        Bytes.put16(memory, at + 2, bytes / 4 - 1);
        return at;
    }
}
