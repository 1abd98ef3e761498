package io.parley.media.sfu.rate;

/**
 * Between which rates a receiver's estimate moves, in bits a second.
 *
 * @param minBps what audio needs: the target never falls below it
 * @param startBps the target before any feedback
 * @param maxBps the target never exceeds it
 */
public record RateLimits(long minBps, long startBps, long maxBps) {
    /** Enough for an Opus stream with RED below, ten high layers above. */
    public static final RateLimits DEFAULT = new RateLimits(64_000, 600_000, 20_000_000);

    public RateLimits {
        if (minBps <= 0 || startBps < minBps || maxBps < startBps) {
            throw new IllegalArgumentException(
                    "need 0 < min <= start <= max: " + minBps + " " + startBps + " " + maxBps);
        }
    }

    long clamp(double bps) {
        return Math.clamp(Math.round(bps), minBps, maxBps);
    }
}
