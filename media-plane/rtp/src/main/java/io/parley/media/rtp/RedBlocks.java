package io.parley.media.rtp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** The blocks of a redundant audio payload (RFC 2198 section 3), oldest first, the primary last. One owner. */
public final class RedBlocks {
    private static final int REDUNDANT_HEADER = 4;

    private final int[] payloadTypes = new int[Limits.RED_BLOCKS];
    private final int[] timestampOffsets = new int[Limits.RED_BLOCKS];
    private final int[] positions = new int[Limits.RED_BLOCKS];
    private final int[] lengths = new int[Limits.RED_BLOCKS];
    private int count;

    /** Reads all block headers of a payload and checks that the blocks are there (RFC 2198 section 3). */
    public boolean parse(MemorySegment memory, int payloadAt, int payloadLength) {
        count = 0;
        int end = payloadAt + payloadLength;
        int at = payloadAt;
        int redundantBytes = 0;
        while (at < end && (Bytes.u8(memory, at) & 0x80) != 0) {
            if (end - at < REDUNDANT_HEADER || count == Limits.RED_BLOCKS - 1) {
                return false;
            }
            int head = Bytes.i32(memory, at);
            payloadTypes[count] = head >>> 24 & 0x7f;
            timestampOffsets[count] = head >>> 10 & 0x3fff;
            lengths[count] = head & 0x3ff;
            redundantBytes += lengths[count];
            count++;
            at += REDUNDANT_HEADER;
        }
        if (at >= end || redundantBytes > end - at - 1) {
            return false;
        }
        payloadTypes[count] = Bytes.u8(memory, at);
        timestampOffsets[count] = 0;
        lengths[count] = end - at - 1 - redundantBytes;
        count++;
        place(at + 1);
        return true;
    }

    private void place(int start) {
        int at = start;
        for (int i = 0; i < count; i++) {
            positions[i] = at;
            at += lengths[i];
        }
    }

    /** How many blocks there are, at least one: the last is the primary (RFC 2198 section 3). */
    public int count() {
        return count;
    }

    /** The payload type inside the block (RFC 2198 section 3). */
    public int payloadType(int index) {
        return payloadTypes[index];
    }

    /** How many ticks before the packet's timestamp this block belongs, 0 for the primary (RFC 2198 section 3). */
    public int timestampOffset(int index) {
        return timestampOffsets[index];
    }

    /** Where the block's data begins (RFC 2198 section 3). */
    public int at(int index) {
        return positions[index];
    }

    /** Bytes of the block's data; 0 is possible (RFC 2198 section 3). */
    public int length(int index) {
        return lengths[index];
    }
}
