package io.parley.media.rtp.extension;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** The transport-wide sequence number (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 2): 16 bits. */
public final class TransportSequence {
    /** Bytes of the value (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 2). */
    public static final int LENGTH = 2;

    private TransportSequence() {}

    /** The number, 0 to 65535 (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 2). */
    public static int read(MemorySegment memory, int at) {
        return Bytes.u16(memory, at);
    }

    /** Writes the low 16 bits (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 2). */
    public static void write(MemorySegment memory, int at, int sequence) {
        Bytes.put16(memory, at, sequence);
    }
}
