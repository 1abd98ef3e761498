package io.parley.media.rtp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * The fixed fields of an RTP header, read and rewritten where they stand (RFC 3550 section 5.1). For code that has
 * already seen a valid packet at {@code offset}: nothing is checked here. See {@link RtpPacket} for parsing.
 */
public final class RtpHeader {
    /** Length of the header without CSRCs and extension (RFC 3550 section 5.1). */
    public static final int LENGTH = 12;

    static final int VERSION_BITS = 0xc0;
    static final int VERSION_2 = 0x80;
    static final int PADDING_BIT = 0x20;
    static final int EXTENSION_BIT = 0x10;
    private static final int MARKER_BIT = 0x80;

    private RtpHeader() {}

    /** Writes a header without marker, CSRC, extension and padding (RFC 3550 section 5.1). */
    public static void write(MemorySegment memory, int offset, int payloadType, int sequence, int timestamp, int ssrc) {
        Bytes.put8(memory, offset, VERSION_2);
        Bytes.put8(memory, offset + 1, payloadType & 0x7f);
        sequence(memory, offset, sequence);
        timestamp(memory, offset, timestamp);
        ssrc(memory, offset, ssrc);
    }

    /** M (RFC 3550 section 5.1). */
    public static boolean marker(MemorySegment memory, int offset) {
        return (Bytes.u8(memory, offset + 1) & MARKER_BIT) != 0;
    }

    /** Sets or clears M (RFC 3550 section 5.1). */
    public static void marker(MemorySegment memory, int offset, boolean set) {
        int second = Bytes.u8(memory, offset + 1);
        Bytes.put8(memory, offset + 1, set ? second | MARKER_BIT : second & ~MARKER_BIT);
    }

    /** PT, 0 to 127 (RFC 3550 section 5.1). */
    public static int payloadType(MemorySegment memory, int offset) {
        return Bytes.u8(memory, offset + 1) & 0x7f;
    }

    /** Rewrites PT and leaves M (RFC 3550 section 5.1). */
    public static void payloadType(MemorySegment memory, int offset, int payloadType) {
        int second = Bytes.u8(memory, offset + 1);
        Bytes.put8(memory, offset + 1, (second & MARKER_BIT) | (payloadType & 0x7f));
    }

    /** The sequence number, 0 to 65535 (RFC 3550 section 5.1). */
    public static int sequence(MemorySegment memory, int offset) {
        return Bytes.u16(memory, offset + 2);
    }

    /** Rewrites the sequence number with the low 16 bits (RFC 3550 section 5.1). */
    public static void sequence(MemorySegment memory, int offset, int sequence) {
        Bytes.put16(memory, offset + 2, sequence);
    }

    /** The timestamp in ticks of the codec's clock (RFC 3550 section 5.1). */
    public static int timestamp(MemorySegment memory, int offset) {
        return Bytes.i32(memory, offset + 4);
    }

    /** Rewrites the timestamp (RFC 3550 section 5.1). */
    public static void timestamp(MemorySegment memory, int offset, int timestamp) {
        Bytes.put32(memory, offset + 4, timestamp);
    }

    /** The synchronisation source (RFC 3550 section 5.1). */
    public static int ssrc(MemorySegment memory, int offset) {
        return Bytes.i32(memory, offset + 8);
    }

    /** Rewrites the synchronisation source (RFC 3550 section 5.1). */
    public static void ssrc(MemorySegment memory, int offset, int ssrc) {
        Bytes.put32(memory, offset + 8, ssrc);
    }

    /** Sets or clears X; the extension itself is the caller's to write (RFC 3550 section 5.3.1). */
    public static void extension(MemorySegment memory, int offset, boolean present) {
        int first = Bytes.u8(memory, offset);
        Bytes.put8(memory, offset, present ? first | EXTENSION_BIT : first & ~EXTENSION_BIT);
    }

    /** Sets or clears P; the padding itself is the caller's to write (RFC 3550 section 5.1). */
    public static void padding(MemorySegment memory, int offset, boolean present) {
        int first = Bytes.u8(memory, offset);
        Bytes.put8(memory, offset, present ? first | PADDING_BIT : first & ~PADDING_BIT);
    }
}
