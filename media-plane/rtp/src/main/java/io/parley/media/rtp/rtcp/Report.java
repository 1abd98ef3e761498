package io.parley.media.rtp.rtcp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** A sender report (RFC 3550 section 6.4.1) or a receiver report (section 6.4.2), with its report blocks. One owner. */
public final class Report {
    private static final int SENDER_INFO = 20;
    private static final int BLOCK = 24;
    private static final int SSRC_END = 8;

    private MemorySegment memory = MemorySegment.NULL;
    private int at;
    private int blocks;
    private int count;
    private boolean sender;

    /**
     * Points at the compound's current packet; false when it is no report or its blocks are not all there (section
     * 6.4).
     */
    public boolean parse(RtcpCompound compound) {
        int type = compound.type();
        sender = type == RtcpType.SENDER_REPORT;
        if (!sender && type != RtcpType.RECEIVER_REPORT) {
            return false;
        }
        memory = compound.memory();
        at = compound.at();
        count = compound.count();
        int head = SSRC_END + (sender ? SENDER_INFO : 0);
        blocks = at + head;
        return compound.length() >= head + count * BLOCK;
    }

    /** Whether this is a sender report and has sender information (RFC 3550 section 6.4.1). */
    public boolean isSender() {
        return sender;
    }

    /** Who reports (RFC 3550 section 6.4.1). */
    public int ssrc() {
        return Bytes.i32(memory, at + 4);
    }

    /** NTP timestamp, 32.32 fixed point seconds since 1900; senders only (RFC 3550 sections 4 and 6.4.1). */
    public long ntp() {
        return Bytes.i64(memory, at + 8);
    }

    /**
     * The middle 32 bits of {@link #ntp}, which a receiver sends back as {@link #lastReport} (RFC 3550 section 6.4.1).
     */
    public int ntpMiddle() {
        return Bytes.i32(memory, at + 10);
    }

    /** The RTP timestamp of the same moment; senders only (RFC 3550 section 6.4.1). */
    public int rtpTimestamp() {
        return Bytes.i32(memory, at + 16);
    }

    /** Packets sent, modulo 2^32; senders only (RFC 3550 section 6.4.1). */
    public long packetCount() {
        return Bytes.u32(memory, at + 20);
    }

    /** Payload bytes sent, modulo 2^32; senders only (RFC 3550 section 6.4.1). */
    public long octetCount() {
        return Bytes.u32(memory, at + 24);
    }

    /** How many report blocks follow, 0 to 31 (RFC 3550 section 6.4.1). */
    public int blockCount() {
        return count;
    }

    /** The source that block {@code index} is about (RFC 3550 section 6.4.1). */
    public int blockSsrc(int index) {
        return Bytes.i32(memory, block(index));
    }

    /** Fraction lost since the last report, in 1/256 (RFC 3550 section 6.4.1). */
    public int fractionLost(int index) {
        return Bytes.u8(memory, block(index) + 4);
    }

    /** Packets lost since the start; negative when duplicates came (RFC 3550 section 6.4.1). */
    public int cumulativeLost(int index) {
        return Bytes.i24(memory, block(index) + 5);
    }

    /** Extended highest sequence number received: cycles in the upper half (RFC 3550 section 6.4.1). */
    public long highestSequence(int index) {
        return Bytes.u32(memory, block(index) + 8);
    }

    /** Interarrival jitter in ticks (RFC 3550 section 6.4.1). */
    public long jitterTicks(int index) {
        return Bytes.u32(memory, block(index) + 12);
    }

    /** LSR: {@link #ntpMiddle} of the last sender report received, 0 when there was none (RFC 3550 section 6.4.1). */
    public int lastReport(int index) {
        return Bytes.i32(memory, block(index) + 16);
    }

    /** DLSR: delay since then in 1/65536 seconds (RFC 3550 section 6.4.1). */
    public long delaySinceLastReport(int index) {
        return Bytes.u32(memory, block(index) + 20);
    }

    private int block(int index) {
        return blocks + index * BLOCK;
    }
}
