package io.parley.media.sfu.ingest;

import io.parley.media.rtp.rtcp.RtcpWriter;
import io.parley.media.sfu.Limits;

/**
 * Which packets of one encoding are missing, and when to ask for each again: first after a moment in which a reordered
 * packet may still come, then once a round trip, a bounded number of times. One owner, allocates nothing.
 */
final class LossRequester {
    private static final int WINDOW = 512;
    private static final long FIRST_NANOS = 5_000_000;
    private static final long RETRY_MIN_NANOS = 30_000_000;
    private static final long MARGIN_NANOS = 10_000_000;
    private static final long START_RTT_NANOS = 100_000_000;
    private static final long RTT_MAX_NANOS = 500_000_000;

    private final long[] places = new long[Limits.MISSING];
    private final long[] dueNanos = new long[Limits.MISSING];
    private final long[] askedNanos = new long[Limits.MISSING];
    private final int[] asked = new int[Limits.MISSING];
    private final long[] wanted = new long[WINDOW / 64];
    private int count;
    private long rttNanos = START_RTT_NANOS;
    long requested;
    long recovered;
    long givenUp;

    /** The packets from {@code from} up to, without, {@code to} have not come. */
    void missing(long from, long to, long nowNanos) {
        if (to - from > Limits.GAP) {
            clear(); // a restart, or an outage that only a keyframe mends
            return;
        }
        for (long place = from; place < to; place++) {
            if (count == Limits.MISSING) {
                givenUp++;
                return;
            }
            places[count] = place;
            dueNanos[count] = nowNanos + FIRST_NANOS;
            asked[count] = 0;
            count++;
        }
    }

    /** A packet came after newer ones: it is missing no longer. */
    void came(long place, long nowNanos) {
        for (int i = 0; i < count; i++) {
            if (places[i] == place) {
                if (asked[i] > 0) {
                    recovered++;
                }
                if (asked[i] == 1) {
                    long measured = Math.min(RTT_MAX_NANOS, nowNanos - askedNanos[i]);
                    rttNanos += (measured - rttNanos) / 8;
                }
                remove(i);
                return;
            }
        }
    }

    void clear() {
        givenUp += count;
        count = 0;
    }

    int waiting() {
        return count;
    }

    /** Writes one NACK with all that is due; false when nothing was, or when it did not fit and stays due. */
    boolean write(RtcpWriter writer, int ssrc, long nowNanos) {
        long first = Long.MAX_VALUE;
        for (int i = count - 1; i >= 0; i--) {
            if (dueNanos[i] <= nowNanos && asked[i] >= Limits.REQUESTS) {
                givenUp++;
                remove(i);
            } else if (dueNanos[i] <= nowNanos) {
                first = Math.min(first, places[i]);
            }
        }
        if (first == Long.MAX_VALUE) {
            return false;
        }
        java.util.Arrays.fill(wanted, 0);
        for (int i = 0; i < count; i++) {
            long offset = places[i] - first;
            if (dueNanos[i] <= nowNanos && offset < WINDOW) {
                wanted[(int) offset >> 6] |= 1L << offset;
            }
        }
        if (!writer.nack(1, ssrc, (int) first & 0xffff, wanted, WINDOW)) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (dueNanos[i] <= nowNanos && places[i] - first < WINDOW) {
                asked[i]++;
                requested++;
                askedNanos[i] = nowNanos;
                dueNanos[i] = nowNanos + Math.max(RETRY_MIN_NANOS, rttNanos + MARGIN_NANOS);
            }
        }
        return true;
    }

    long rttNanos() {
        return rttNanos;
    }

    private void remove(int index) {
        count--;
        places[index] = places[count];
        dueNanos[index] = dueNanos[count];
        askedNanos[index] = askedNanos[count];
        asked[index] = asked[count];
    }
}
