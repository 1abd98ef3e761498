package io.parley.media.sfu.rate;

import java.util.Arrays;

/**
 * What arrives: bytes by the receiver's clock over the last half second, up to a second where that is little, in
 * buckets of 50 ms. One owner.
 */
final class AckedBitrate {
    private static final long BUCKET_MICROS = 50_000;
    private static final int BUCKETS = 20;
    private static final int SHORT = 10;
    /** Bytes that say something: fewer in half a second, and the window is up to a second long. */
    private static final long ENOUGH_BYTES = 30_000;

    private static final int WARM_BUCKETS = 3;
    /** So many empty buckets in a row are a pause, over which no rate is measured. */
    private static final int PAUSE_BUCKETS = 6;

    private static final int RECENT = 3;

    private final long[] bytes = new long[BUCKETS];
    private long newest = Long.MIN_VALUE;
    private int filled;

    void add(long arrivalMicros, int size) {
        long bucket = Math.floorDiv(arrivalMicros, BUCKET_MICROS);
        if (newest == Long.MIN_VALUE || bucket - newest > PAUSE_BUCKETS || newest - bucket > BUCKETS) {
            Arrays.fill(bytes, 0);
            newest = bucket;
            filled = 1;
        }
        while (newest < bucket) {
            newest++;
            filled = Math.min(BUCKETS, filled + 1);
            bytes[Math.floorMod(newest, BUCKETS)] = 0;
        }
        if (newest - bucket < BUCKETS) {
            bytes[Math.floorMod(bucket, BUCKETS)] += size;
        }
    }

    /** Bits a second over the complete buckets, or 0 while there are fewer than three. */
    long bps() {
        if (filled <= WARM_BUCKETS) {
            return 0;
        }
        long sum = 0;
        int used = 1;
        while (used < filled && (used < SHORT || sum < ENOUGH_BYTES)) {
            sum += bytes[Math.floorMod(newest - used, BUCKETS)];
            used++;
        }
        return sum * 8_000_000 / (BUCKET_MICROS * (used - 1));
    }

    /**
     * Bits a second over the last 150 ms where they hold enough to say something, else 0: what a link carries that has
     * just become full.
     */
    long recentBps() {
        if (filled <= RECENT) {
            return 0;
        }
        long sum = 0;
        for (int i = 1; i <= RECENT; i++) {
            sum += bytes[Math.floorMod(newest - i, BUCKETS)];
        }
        return 2 * sum < ENOUGH_BYTES ? 0 : sum * 8_000_000 / (BUCKET_MICROS * RECENT);
    }
}
