package io.parley.media.rtp.extension;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** The client-to-mixer audio level (RFC 6464 section 3): one byte, voice activity and level. */
public final class AudioLevel {
    /** Bytes of the value (RFC 6464 section 3). */
    public static final int LENGTH = 1;

    /** The level of silence (RFC 6464 section 3). */
    public static final int SILENCE = 127;

    private AudioLevel() {}

    /** -dBov: 0 is the loudest, 127 is silence (RFC 6464 section 3). */
    public static int level(MemorySegment memory, int at) {
        return Bytes.u8(memory, at) & 0x7f;
    }

    /** V: the sender believes that this is speech (RFC 6464 section 3). */
    public static boolean voice(MemorySegment memory, int at) {
        return (Bytes.u8(memory, at) & 0x80) != 0;
    }

    /** Writes the value (RFC 6464 section 3). */
    public static void write(MemorySegment memory, int at, int level, boolean voice) {
        Bytes.put8(memory, at, (voice ? 0x80 : 0) | (level & 0x7f));
    }
}
