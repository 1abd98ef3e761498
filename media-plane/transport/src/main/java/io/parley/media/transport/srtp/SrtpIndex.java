package io.parley.media.transport.srtp;

/** Guesses rollover counters. */
final class SrtpIndex {
    private SrtpIndex() {}

    /**
     * The 48-bit index of sequence number {@code sequence}: the one closest to the highest known (RFC 3711 section
     * 3.3.1), and the number itself when {@code highest} is -1.
     */
    static long of(long highest, int sequence) {
        if (highest < 0) {
            return sequence;
        }
        long index = highest + (short) (sequence - (int) highest);
        return index < 0 ? sequence : index;
    }
}
