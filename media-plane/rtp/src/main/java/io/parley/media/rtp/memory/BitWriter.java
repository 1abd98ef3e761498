package io.parley.media.rtp.memory;

import java.lang.foreign.MemorySegment;

/**
 * Writes bit fields, most significant bit first. What does not fit is dropped and remembered: check {@link #overrun}
 * once at the end. One owner, allocates nothing.
 */
public final class BitWriter {
    private MemorySegment memory = MemorySegment.NULL;
    private int at;
    private int bits;
    private int position;
    private boolean overrun;

    /** Starts at the first bit of the {@code capacity} bytes at {@code at}. */
    public BitWriter over(MemorySegment target, int offset, int capacity) {
        memory = target;
        at = offset;
        bits = capacity * 8;
        position = 0;
        overrun = false;
        return this;
    }

    /** Writes the low {@code count} bits of {@code value}, 0 to 32. */
    public void write(int value, int count) {
        if (count > bits - position) {
            overrun = true;
            return;
        }
        int left = count;
        while (left > 0) {
            int free = 8 - (position & 7);
            int take = Math.min(free, left);
            int chunk = (value >>> (left - take)) & ((1 << take) - 1);
            int index = at + (position >> 3);
            // A byte that is begun is written whole, so that what the memory held before does not shine through.
            int before = free == 8 ? 0 : Bytes.u8(memory, index);
            int mask = ((1 << take) - 1) << (free - take);
            Bytes.put8(memory, index, (before & ~mask) | (chunk << (free - take)));
            position += take;
            left -= take;
        }
    }

    public void flag(boolean value) {
        write(value ? 1 : 0, 1);
    }

    /** A number below {@code n}, as in the AV1 specification section 4.10.7, ns(n). */
    public void nonSymmetric(int value, int n) {
        int width = 32 - Integer.numberOfLeadingZeros(n);
        int shortCodes = (1 << width) - n;
        if (value < shortCodes) {
            write(value, width - 1);
        } else {
            write(value + shortCodes, width);
        }
    }

    /** Copies {@code count} bits from where {@code from} stands. */
    public void copy(BitReader from, int count) {
        for (int left = count; left > 0; left -= 32) {
            int take = Math.min(32, left);
            write(from.read(take), take);
        }
        overrun |= from.overrun();
    }

    /** Bits written so far. */
    public int position() {
        return position;
    }

    /** Bytes begun so far; the rest of the last one is zero. */
    public int length() {
        return (position + 7) >> 3;
    }

    public boolean overrun() {
        return overrun;
    }
}
