package io.parley.media.rtp.memory;

import java.lang.foreign.MemorySegment;

/**
 * Reads bit fields, most significant bit first. Reading beyond the end gives zeros and is remembered: check
 * {@link #overrun} once after a group of fields. One owner, allocates nothing.
 */
public final class BitReader {
    private MemorySegment memory = MemorySegment.NULL;
    private int at;
    private int bits;
    private int position;
    private boolean overrun;

    /** Starts at the first bit of the {@code length} bytes at {@code at}. */
    public BitReader over(MemorySegment source, int offset, int length) {
        memory = source;
        at = offset;
        bits = length * 8;
        position = 0;
        overrun = false;
        return this;
    }

    /** The next {@code count} bits, 0 to 32; 32 bits come as an int with their sign. */
    public int read(int count) {
        if (count > bits - position) {
            overrun = true;
            position = bits;
            return 0;
        }
        int value = 0;
        int left = count;
        while (left > 0) {
            int free = 8 - (position & 7);
            int take = Math.min(free, left);
            int chunk = (Bytes.u8(memory, at + (position >> 3)) >> (free - take)) & ((1 << take) - 1);
            value = (value << take) | chunk;
            position += take;
            left -= take;
        }
        return value;
    }

    public boolean flag() {
        return read(1) != 0;
    }

    /** A number below {@code n}, 1 to 2^16, as in the AV1 specification section 4.10.7, ns(n). */
    public int nonSymmetric(int n) {
        int width = 32 - Integer.numberOfLeadingZeros(n);
        int shortCodes = (1 << width) - n;
        int value = read(width - 1);
        if (value < shortCodes) {
            return value;
        }
        return (value << 1) - shortCodes + read(1);
    }

    /** An unsigned Exp-Golomb number, ITU-T H.264 section 9.1; more than 31 leading zeros are an overrun. */
    public int expGolomb() {
        int zeros = 0;
        while (!overrun && !flag()) {
            zeros++;
            if (zeros > 31) {
                overrun = true;
            }
        }
        return overrun ? 0 : (1 << zeros) - 1 + read(zeros);
    }

    /** A signed Exp-Golomb number, ITU-T H.264 section 9.1.1. */
    public int signedExpGolomb() {
        int code = expGolomb();
        return (code & 1) != 0 ? (code >>> 1) + 1 : -(code >>> 1);
    }

    public void skip(int count) {
        if (count > bits - position) {
            overrun = true;
            position = bits;
        } else {
            position += count;
        }
    }

    /** Bits read so far. */
    public int position() {
        return position;
    }

    public int remaining() {
        return bits - position;
    }

    /** Whether more was read than there is; values read since are zeros. */
    public boolean overrun() {
        return overrun;
    }
}
