package io.parley.media.rtp;

/** Arithmetic on sequence numbers modulo 2^16 (RFC 3550 section A.1, RFC 1982 section 3). */
public final class Sequences {
    private Sequences() {}

    /** How far {@code to} lies after {@code from}: -32768 to 32767, the shorter way around (RFC 1982 section 3.2). */
    public static int distance(int from, int to) {
        return (short) (to - from);
    }

    /** Whether {@code sequence} comes after {@code other}; half way around counts as before (RFC 1982 section 3.2). */
    public static boolean isNewer(int sequence, int other) {
        return distance(other, sequence) > 0;
    }

    /** {@code sequence + step} modulo 2^16 (RFC 1982 section 3.1). */
    public static int plus(int sequence, int step) {
        return sequence + step & 0xffff;
    }
}
