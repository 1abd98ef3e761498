package io.parley.media.rtp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** Retransmission packets (RFC 4588 section 4): the original with its sequence number in front of its payload. */
public final class Rtx {
    /** Bytes of the original sequence number (RFC 4588 section 4). */
    public static final int OSN_LENGTH = 2;

    private Rtx() {}

    /**
     * Writes the retransmission of {@code original} to {@code to} and returns its length (RFC 4588 section 4). Marker,
     * timestamp, CSRCs and extension are the original's; padding is left out. At most two bytes longer than the
     * original.
     */
    public static int wrap(RtpPacket original, MemorySegment to, int toAt, int payloadType, int sequence, int ssrc) {
        int header = original.headerLength();
        Bytes.copy(original.memory(), original.offset(), to, toAt, header);
        Bytes.put16(to, toAt + header, original.sequence());
        int payload = original.copyPayload(to, toAt + header + OSN_LENGTH);
        RtpHeader.padding(to, toAt, false);
        RtpHeader.payloadType(to, toAt, payloadType);
        RtpHeader.sequence(to, toAt, sequence);
        RtpHeader.ssrc(to, toAt, ssrc);
        return header + OSN_LENGTH + payload;
    }

    /** The original sequence number of a retransmission with a payload (RFC 4588 section 4). */
    public static int originalSequence(RtpPacket rtx) {
        return Bytes.u16(rtx.memory(), rtx.payloadOffset());
    }

    /**
     * Turns a retransmission back into the original, in place: the header moves two bytes towards the payload, and
     * {@code rtx} then points at the original (RFC 4588 section 4). False, with nothing changed, when there is no
     * original in it, as in packets that only probe the bandwidth.
     */
    public static boolean unwrap(RtpPacket rtx, int mediaPayloadType, int mediaSsrc) {
        if (rtx.payloadLength() < OSN_LENGTH) {
            return false;
        }
        int sequence = originalSequence(rtx);
        var memory = rtx.memory();
        int offset = rtx.offset() + OSN_LENGTH;
        Bytes.copy(memory, rtx.offset(), memory, offset, rtx.headerLength());
        RtpHeader.payloadType(memory, offset, mediaPayloadType);
        RtpHeader.sequence(memory, offset, sequence);
        RtpHeader.ssrc(memory, offset, mediaSsrc);
        return rtx.parse(memory, offset, rtx.length() - OSN_LENGTH);
    }
}
