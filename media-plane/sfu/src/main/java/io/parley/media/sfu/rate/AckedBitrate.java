package io.parley.media.sfu.rate;

import java.util.Arrays;

/** What arrives: bytes by the receiver's clock over the last half second, in ten buckets of 50 ms. One owner. */
final class AckedBitrate {
    private static final long BUCKET_MICROS = 50_000;
    private static final int BUCKETS = 10;
    private static final int WARM_BUCKETS = 3;

    private final long[] bytes = new long[BUCKETS];
    private long newest = Long.MIN_VALUE;
    private int filled;

    void add(long arrivalMicros, int size) {
        long bucket = Math.floorDiv(arrivalMicros, BUCKET_MICROS);
        if (newest == Long.MIN_VALUE || Math.abs(bucket - newest) > 10L * BUCKETS) {
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
        for (int i = 1; i < filled; i++) {
            sum += bytes[Math.floorMod(newest - i, BUCKETS)];
        }
        return sum * 8_000_000 / (BUCKET_MICROS * (filled - 1));
    }
}
