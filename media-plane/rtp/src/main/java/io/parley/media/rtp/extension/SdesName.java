package io.parley.media.rtp.extension;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * A short name in a header extension (RFC 7941 section 4): mid (RFC 8843 section 15.2), rid and repaired rid (RFC 8852
 * section 3). Compared as bytes, so that no string is made for a packet.
 */
public final class SdesName {
    /** The longest name that the one-byte form carries (RFC 8285 section 4.2). */
    public static final int BYTES_MAX = 16;

    private SdesName() {}

    /** Whether the element is exactly {@code name} (RFC 7941 section 4). */
    public static boolean matches(MemorySegment memory, int at, int length, byte[] name) {
        return Bytes.matches(memory, at, length, name);
    }

    /**
     * The name as a key for lookups without allocation: the same for the same bytes; different names of up to 8 bytes
     * never collide, longer ones have to be compared with {@link #matches} (RFC 7941 section 4).
     */
    public static long key(MemorySegment memory, int at, int length) {
        long key = length;
        for (int i = 0; i < length; i++) {
            key = i < 8 ? key << 8 | Bytes.u8(memory, at + i) : key * 31 + Bytes.u8(memory, at + i);
        }
        return key;
    }

    /** Whether all characters are those that a rid may have: letters and digits (RFC 8852 section 3.3). */
    public static boolean isAlphanumeric(MemorySegment memory, int at, int length) {
        for (int i = 0; i < length; i++) {
            int c = Bytes.u8(memory, at + i);
            boolean plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!plain) {
                return false;
            }
        }
        return length > 0;
    }
}
