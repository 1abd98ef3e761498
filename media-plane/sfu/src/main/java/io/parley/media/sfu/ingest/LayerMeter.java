package io.parley.media.sfu.ingest;

/**
 * Bits a second of each spatial and temporal layer over the last second, in ten buckets, retransmissions apart. One
 * owner, allocates nothing.
 */
final class LayerMeter {
    static final int SPATIAL = 4;
    static final int TEMPORAL = 4;
    private static final int BUCKETS = 10;
    private static final long BUCKET_NANOS = 100_000_000;

    private final long[] bytes = new long[BUCKETS * SPATIAL * TEMPORAL];
    private final long[] sums = new long[SPATIAL * TEMPORAL];
    private long newest = -1;
    private long oldest;

    void add(int spatial, int temporal, int size, long nowNanos) {
        advance(nowNanos);
        int layer = layer(spatial, temporal);
        bytes[(int) (newest % BUCKETS) * sums.length + layer] += size;
        sums[layer] += size;
    }

    /** Bits a second of exactly this layer, what it stands on not counted. */
    long bps(int spatial, int temporal, long nowNanos) {
        if (newest < 0) {
            return 0;
        }
        advance(nowNanos);
        long buckets = Math.clamp(newest - oldest + 1, 1, BUCKETS);
        return sums[layer(spatial, temporal)] * 8_000 / (buckets * (BUCKET_NANOS / 1_000_000));
    }

    private static int layer(int spatial, int temporal) {
        return Math.min(spatial, SPATIAL - 1) * TEMPORAL + Math.min(temporal, TEMPORAL - 1);
    }

    private void advance(long nowNanos) {
        long bucket = nowNanos / BUCKET_NANOS;
        if (newest < 0) {
            newest = bucket;
            oldest = bucket;
        }
        if (bucket - newest > 2 * BUCKETS) {
            java.util.Arrays.fill(bytes, 0);
            java.util.Arrays.fill(sums, 0);
            newest = bucket;
            oldest = bucket;
        }
        while (newest < bucket) {
            newest++;
            int at = (int) (newest % BUCKETS) * sums.length;
            for (int layer = 0; layer < sums.length; layer++) {
                sums[layer] -= bytes[at + layer];
                bytes[at + layer] = 0;
            }
        }
    }
}
