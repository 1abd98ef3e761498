package io.parley.media.rtp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * One RTP packet in memory (RFC 3550 section 5.1): {@link #parse} checks it once, the rest reads and rewrites in place.
 * A flyweight of one owner.
 */
public final class RtpPacket {
    private MemorySegment memory = MemorySegment.NULL;
    private int offset;
    private int length;
    private int headerLength;
    private int extensionLength;
    private int paddingLength;
    private boolean extension;

    /** Points here and checks version, CSRCs, extension and padding (RFC 3550 sections 5.1 and A.1). */
    public boolean parse(MemorySegment source, int at, int bytes) {
        if (!parseProtected(source, at, bytes)) {
            return false;
        }
        if ((Bytes.u8(memory, offset) & RtpHeader.PADDING_BIT) != 0) {
            int count = Bytes.u8(memory, offset + length - 1);
            if (count == 0 || count > length - headerLength) {
                return false;
            }
            paddingLength = count;
        }
        return true;
    }

    /**
     * As {@link #parse} for an SRTP packet: header and extension are clear, payload and padding are not (RFC 3711
     * section 3.1). The payload then runs to the end and includes the authentication tag.
     */
    public boolean parseProtected(MemorySegment source, int at, int bytes) {
        memory = source;
        offset = at;
        length = bytes;
        extension = false;
        extensionLength = 0;
        paddingLength = 0;
        if (bytes < RtpHeader.LENGTH) {
            return false;
        }
        int first = Bytes.u8(source, at);
        if ((first & RtpHeader.VERSION_BITS) != RtpHeader.VERSION_2) {
            return false;
        }
        headerLength = RtpHeader.LENGTH + (first & 0xf) * 4;
        if ((first & RtpHeader.EXTENSION_BIT) == 0) {
            return headerLength <= bytes;
        }
        if (headerLength + 4 > bytes) {
            return false;
        }
        extension = true;
        extensionLength = Bytes.u16(source, at + headerLength + 2) * 4;
        headerLength += 4 + extensionLength;
        return headerLength <= bytes;
    }

    public MemorySegment memory() {
        return memory;
    }

    /** Where the packet begins in {@link #memory}. */
    public int offset() {
        return offset;
    }

    /** Bytes of the whole packet, padding included. */
    public int length() {
        return length;
    }

    /** Bytes before the payload: fixed header, CSRCs and extension (RFC 3550 section 5.1). */
    public int headerLength() {
        return headerLength;
    }

    public int payloadOffset() {
        return offset + headerLength;
    }

    /** Bytes of the payload without padding (RFC 3550 section 5.1). */
    public int payloadLength() {
        return length - headerLength - paddingLength;
    }

    /** Bytes of padding with its count, 0 when there is none (RFC 3550 section 5.1). */
    public int paddingLength() {
        return paddingLength;
    }

    /** M (RFC 3550 section 5.1). */
    public boolean marker() {
        return RtpHeader.marker(memory, offset);
    }

    /** Sets or clears M (RFC 3550 section 5.1). */
    public void marker(boolean set) {
        RtpHeader.marker(memory, offset, set);
    }

    /** PT, 0 to 127 (RFC 3550 section 5.1). */
    public int payloadType() {
        return RtpHeader.payloadType(memory, offset);
    }

    /** Rewrites PT (RFC 3550 section 5.1). */
    public void payloadType(int payloadType) {
        RtpHeader.payloadType(memory, offset, payloadType);
    }

    /** The sequence number, 0 to 65535 (RFC 3550 section 5.1). */
    public int sequence() {
        return RtpHeader.sequence(memory, offset);
    }

    /** Rewrites the sequence number with the low 16 bits (RFC 3550 section 5.1). */
    public void sequence(int sequence) {
        RtpHeader.sequence(memory, offset, sequence);
    }

    /** The timestamp (RFC 3550 section 5.1). */
    public int timestamp() {
        return RtpHeader.timestamp(memory, offset);
    }

    /** Rewrites the timestamp (RFC 3550 section 5.1). */
    public void timestamp(int timestamp) {
        RtpHeader.timestamp(memory, offset, timestamp);
    }

    /** The synchronisation source (RFC 3550 section 5.1). */
    public int ssrc() {
        return RtpHeader.ssrc(memory, offset);
    }

    /** Rewrites the synchronisation source (RFC 3550 section 5.1). */
    public void ssrc(int ssrc) {
        RtpHeader.ssrc(memory, offset, ssrc);
    }

    /** How many contributing sources follow the fixed header, 0 to 15 (RFC 3550 section 5.1). */
    public int csrcCount() {
        return Bytes.u8(memory, offset) & 0xf;
    }

    /** Contributing source {@code index}, below {@link #csrcCount} (RFC 3550 section 5.1). */
    public int csrc(int index) {
        return Bytes.i32(memory, offset + RtpHeader.LENGTH + index * 4);
    }

    public boolean hasExtension() {
        return extension;
    }

    /** The profile of the extension: which form its elements have (RFC 3550 section 5.3.1, RFC 8285 section 4). */
    public int extensionProfile() {
        return Bytes.u16(memory, offset + headerLength - extensionLength - 4);
    }

    /** Where the extension's data begins, behind profile and length (RFC 3550 section 5.3.1). */
    public int extensionOffset() {
        return offset + headerLength - extensionLength;
    }

    /** Bytes of the extension's data, 0 when there is none (RFC 3550 section 5.3.1). */
    public int extensionLength() {
        return extensionLength;
    }

    /** Cuts the padding off: the packet becomes shorter and its P bit is cleared (RFC 3550 section 5.1). */
    public void stripPadding() {
        length -= paddingLength;
        paddingLength = 0;
        RtpHeader.padding(memory, offset, false);
    }

    /**
     * Appends {@code count} bytes of padding, 1 to 255, to a packet that has none (RFC 3550 section 5.1). The memory
     * behind the packet must be the caller's.
     */
    public void pad(int count) {
        Bytes.clear(memory, offset + length, count - 1);
        Bytes.put8(memory, offset + length + count - 1, count);
        RtpHeader.padding(memory, offset, true);
        length += count;
        paddingLength = count;
    }

    /**
     * Copies fixed header and CSRCs to {@code to}, without extension and padding and with their bits cleared, and
     * returns the bytes written (RFC 3550 section 5.1): the start of a packet with an extension of its own.
     */
    public int copyHeader(MemorySegment to, int toAt) {
        int bytes = RtpHeader.LENGTH + csrcCount() * 4;
        Bytes.copy(memory, offset, to, toAt, bytes);
        RtpHeader.extension(to, toAt, false);
        RtpHeader.padding(to, toAt, false);
        return bytes;
    }

    /** Copies the payload without padding and returns its length (RFC 3550 section 5.1). */
    public int copyPayload(MemorySegment to, int toAt) {
        Bytes.copy(memory, payloadOffset(), to, toAt, payloadLength());
        return payloadLength();
    }
}
