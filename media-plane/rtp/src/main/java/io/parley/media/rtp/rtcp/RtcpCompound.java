package io.parley.media.rtp.rtcp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * Walks the packets of a compound RTCP packet (RFC 3550 section 6.1); reduced-size ones too (RFC 5506 section 3.1), so
 * any type may come first. Unknown types, XR (RFC 3611) among them, are met like others and can be passed over. One
 * owner.
 */
public final class RtcpCompound {
    private MemorySegment memory = MemorySegment.NULL;
    private int start;
    private int end;
    private int at;
    private int length;
    private int next;

    /**
     * Points here and checks version, length and padding of all packets before the first is given out (RFC 3550 section
     * A.2). Padding is accepted on every packet: browsers pad feedback wherever it stands.
     */
    public boolean parse(MemorySegment source, int offset, int bytes) {
        memory = source;
        start = offset;
        end = offset + bytes;
        next = offset;
        if (bytes < RtcpType.HEADER) {
            return false;
        }
        while (next < end) {
            if (end - next < RtcpType.HEADER || !isWellFormed(next)) {
                return false;
            }
            next += size(next);
        }
        rewind();
        return true;
    }

    private boolean isWellFormed(int packet) {
        int first = Bytes.u8(memory, packet);
        int size = size(packet);
        if ((first & 0xc0) != 0x80 || size > end - packet) {
            return false;
        }
        if ((first & 0x20) == 0) {
            return true;
        }
        int padding = Bytes.u8(memory, packet + size - 1);
        return padding > 0 && padding <= size - RtcpType.HEADER;
    }

    private int size(int packet) {
        return (Bytes.u16(memory, packet + 2) + 1) * 4;
    }

    /** Starts the walk over. */
    public void rewind() {
        next = start;
        at = start;
        length = 0;
    }

    /** Moves to the next packet, or answers false behind the last (RFC 3550 section 6.1). */
    public boolean next() {
        if (next >= end) {
            return false;
        }
        at = next;
        int size = size(at);
        next = at + size;
        boolean padded = (Bytes.u8(memory, at) & 0x20) != 0;
        length = padded ? size - Bytes.u8(memory, next - 1) : size;
        return true;
    }

    public MemorySegment memory() {
        return memory;
    }

    /** Where the current packet begins, at its header (RFC 3550 section 6.4.1). */
    public int at() {
        return at;
    }

    /** Bytes of the current packet with its header and without its padding (RFC 3550 section 6.4.1). */
    public int length() {
        return length;
    }

    /** PT: one of {@link RtcpType} or any other (RFC 3550 section 12.1). */
    public int type() {
        return Bytes.u8(memory, at + 1);
    }

    /** The five bits of the header that are a count (RFC 3550 section 6.4.1) or a format (RFC 4585 section 6.1). */
    public int count() {
        return Bytes.u8(memory, at) & 0x1f;
    }

    /** Whether this is the feedback message of {@code type} and {@code format}, whole (RFC 4585 section 6.1). */
    public boolean isFeedback(int type, int format) {
        return type() == type && count() == format && length >= RtcpType.FEEDBACK_HEADER;
    }

    /**
     * The SSRC behind the header, which all types but an empty BYE have; 0 when there is none (RFC 3550 section 6.4).
     */
    public int ssrc() {
        return length >= 8 ? Bytes.i32(memory, at + 4) : 0;
    }

    /** The media source that a feedback message is about; 0 when there is none (RFC 4585 section 6.1). */
    public int mediaSsrc() {
        return length >= RtcpType.FEEDBACK_HEADER ? Bytes.i32(memory, at + 8) : 0;
    }
}
