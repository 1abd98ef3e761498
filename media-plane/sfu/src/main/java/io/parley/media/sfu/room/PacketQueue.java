package io.parley.media.sfu.room;

/** Packets that wait, as references in longs: first in, first out, bounded, nothing allocated. */
final class PacketQueue {
    private static final int SLOT_BITS = 8;
    private static final int ENCODING_BITS = 4;

    private final long[] entries;
    private final int mask;
    private int head;
    private int count;

    /** {@code size} is a power of two. */
    PacketQueue(int size) {
        entries = new long[size];
        mask = size - 1;
    }

    boolean add(int slot, int encoding, long place) {
        if (count > mask) {
            return false;
        }
        entries[head + count & mask] = (place << ENCODING_BITS | encoding) << SLOT_BITS | slot;
        count++;
        return true;
    }

    long remove() {
        long entry = entries[head & mask];
        head++;
        count--;
        return entry;
    }

    int count() {
        return count;
    }

    static int slot(long entry) {
        return (int) entry & (1 << SLOT_BITS) - 1;
    }

    static int encoding(long entry) {
        return (int) (entry >> SLOT_BITS) & (1 << ENCODING_BITS) - 1;
    }

    static long place(long entry) {
        return entry >> (SLOT_BITS + ENCODING_BITS);
    }
}
