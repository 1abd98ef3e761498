package io.parley.media.transport.srtp;

/**
 * Which of the last {@link #SIZE} packet indices of one source were seen (RFC 3711 section 3.3.2). Large, as repairs
 * bring video packets late; what is older cannot be told and counts as seen.
 */
final class ReplayWindow {
    static final int SIZE = 1_024;

    private final long[] seen = new long[SIZE / 64];
    private long highest = -1;

    /** The highest index seen, -1 before the first. */
    long highest() {
        return highest;
    }

    /** Whether the packet is new. Changes nothing: only authentic packets are {@link #add}ed. */
    boolean isNew(long index) {
        return index > highest || (index > highest - SIZE && index >= 0 && (seen[word(index)] & bit(index)) == 0);
    }

    /** Marks an authentic packet that {@link #isNew}. */
    void add(long index) {
        if (index > highest) {
            advance(index);
        }
        seen[word(index)] |= bit(index);
    }

    private void advance(long index) {
        long from = Math.max(highest + 1, index - SIZE + 1);
        for (long skipped = from; skipped <= index; skipped++) {
            seen[word(skipped)] &= ~bit(skipped);
        }
        highest = index;
    }

    private static int word(long index) {
        return (int) (index >>> 6) & (SIZE / 64 - 1);
    }

    private static long bit(long index) {
        return 1L << (index & 63);
    }
}
