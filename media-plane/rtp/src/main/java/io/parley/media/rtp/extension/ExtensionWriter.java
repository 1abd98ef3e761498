package io.parley.media.rtp.extension;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * Writes a header extension block (RFC 8285 section 4) behind the CSRCs of a packet under construction: {@link #begin},
 * an {@link #add} for each element, {@link #finish}. A flyweight of one owner.
 */
public final class ExtensionWriter {
    private static final int BLOCK_HEADER = 4;

    private MemorySegment memory = MemorySegment.NULL;
    private int start;
    private int position;
    private int end;
    private boolean twoByte;

    /**
     * Begins a block of at most {@code capacity} bytes, its 4-byte header included (RFC 3550 section 5.3.1). The
     * two-byte form is needed for ids above 14 and for values of 0 or more than 16 bytes (RFC 8285 section 4.3).
     */
    public ExtensionWriter begin(MemorySegment target, int at, int capacity, boolean twoByteForm) {
        memory = target;
        start = at;
        position = at + BLOCK_HEADER;
        end = at + (capacity & ~3);
        twoByte = twoByteForm;
        return this;
    }

    /**
     * Reserves an element and returns where its {@code length} bytes are to be written, or -1 when it does not fit the
     * block or the form (RFC 8285 sections 4.2 and 4.3).
     */
    public int add(int id, int length) {
        boolean formed = twoByte
                ? id >= 1 && id <= 255 && length >= 0 && length <= 255
                : id >= 1 && id <= 14 && length >= 1 && length <= 16;
        int head = twoByte ? 2 : 1;
        if (!formed || position + head + length > end) {
            return -1;
        }
        if (twoByte) {
            Bytes.put8(memory, position, id);
            Bytes.put8(memory, position + 1, length);
        } else {
            Bytes.put8(memory, position, id << 4 | length - 1);
        }
        int at = position + head;
        position = at + length;
        return at;
    }

    /** Adds an element with a copy of a value, or false when it does not fit (RFC 8285 section 4). */
    public boolean add(int id, MemorySegment from, int fromAt, int length) {
        int at = add(id, length);
        if (at < 0) {
            return false;
        }
        Bytes.copy(from, fromAt, memory, at, length);
        return true;
    }

    /** Adds an element with a copy of a name, or false when it does not fit (RFC 8285 section 4). */
    public boolean add(int id, byte[] value) {
        int at = add(id, value.length);
        if (at < 0) {
            return false;
        }
        Bytes.copy(value, memory, at, value.length);
        return true;
    }

    /**
     * Pads to a full word, writes profile and length, and returns the bytes of the whole block (RFC 3550 section
     * 5.3.1); 0 when there is no element, and then X must stay clear.
     */
    public int finish() {
        int data = position - start - BLOCK_HEADER;
        if (data == 0) {
            return 0;
        }
        int words = (data + 3) >> 2;
        Bytes.clear(memory, position, words * 4 - data);
        Bytes.put16(memory, start, twoByte ? HeaderExtensions.TWO_BYTE_PROFILE : HeaderExtensions.ONE_BYTE_PROFILE);
        Bytes.put16(memory, start + 2, words);
        return BLOCK_HEADER + words * 4;
    }
}
