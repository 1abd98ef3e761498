package io.parley.media.rtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;

/** Packets written as hex in tests; blanks do not count. Native memory of exactly their size: reading beyond throws. */
public final class Hex {
    private Hex() {}

    public static MemorySegment memory(String hex) {
        return memory(bytes(hex));
    }

    public static MemorySegment memory(byte[] bytes) {
        var memory = memory(bytes.length);
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return memory;
    }

    /** Zeroed memory of exactly {@code bytes}. */
    public static MemorySegment memory(int bytes) {
        return Arena.ofAuto().allocate(bytes);
    }

    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    public static String text(MemorySegment memory, int at, int length) {
        return HexFormat.of().formatHex(memory.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE));
    }

    public static int length(MemorySegment memory) {
        return Math.toIntExact(memory.byteSize());
    }
}
