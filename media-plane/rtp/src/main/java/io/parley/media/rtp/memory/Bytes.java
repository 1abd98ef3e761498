package io.parley.media.rtp.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Unsigned numbers in network byte order (RFC 1700, "Data Notations"), unaligned. The only place that touches packet
 * memory. Positions are checked by the segment: callers check lengths first, so that hostile input is refused and never
 * reaches that check.
 */
public final class Bytes {
    private static final ValueLayout.OfByte I8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    public static int u8(MemorySegment memory, int at) {
        return memory.get(I8, at) & 0xff;
    }

    public static int u16(MemorySegment memory, int at) {
        return memory.get(I16, at) & 0xffff;
    }

    public static int i16(MemorySegment memory, int at) {
        return memory.get(I16, at);
    }

    public static int u24(MemorySegment memory, int at) {
        return u8(memory, at) << 16 | u16(memory, at + 1);
    }

    /** The 24 bits at {@code at}, sign-extended. */
    public static int i24(MemorySegment memory, int at) {
        return memory.get(I8, at) << 16 | u16(memory, at + 1);
    }

    /** The 32 bits as they are; as a number {@code Integer.toUnsignedLong} of it. */
    public static int i32(MemorySegment memory, int at) {
        return memory.get(I32, at);
    }

    public static long u32(MemorySegment memory, int at) {
        return memory.get(I32, at) & 0xffff_ffffL;
    }

    public static long i64(MemorySegment memory, int at) {
        return memory.get(I64, at);
    }

    public static void put8(MemorySegment memory, int at, int value) {
        memory.set(I8, at, (byte) value);
    }

    public static void put16(MemorySegment memory, int at, int value) {
        memory.set(I16, at, (short) value);
    }

    public static void put24(MemorySegment memory, int at, int value) {
        put8(memory, at, value >> 16);
        put16(memory, at + 1, value);
    }

    public static void put32(MemorySegment memory, int at, int value) {
        memory.set(I32, at, value);
    }

    public static void put64(MemorySegment memory, int at, long value) {
        memory.set(I64, at, value);
    }

    /** Copies; the two ranges may overlap. */
    public static void copy(MemorySegment from, int fromAt, MemorySegment to, int toAt, int length) {
        MemorySegment.copy(from, fromAt, to, toAt, length);
    }

    /** Copies an array, for the rare values that live on the heap: names, keys, addresses. */
    public static void copy(byte[] from, MemorySegment to, int toAt, int length) {
        MemorySegment.copy(from, 0, to, I8, toAt, length);
    }

    /** Copies into an array from its first byte on. */
    public static void copy(MemorySegment from, int fromAt, byte[] to, int length) {
        MemorySegment.copy(from, I8, fromAt, to, 0, length);
    }

    public static void clear(MemorySegment memory, int at, int length) {
        for (int i = 0; i < length; i++) {
            memory.set(I8, at + (long) i, (byte) 0);
        }
    }

    /** Whether the {@code length} bytes at {@code at} are exactly {@code expected}. */
    public static boolean matches(MemorySegment memory, int at, int length, byte[] expected) {
        if (length != expected.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (memory.get(I8, at + (long) i) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
