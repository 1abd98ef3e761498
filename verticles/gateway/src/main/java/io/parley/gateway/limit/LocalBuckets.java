package io.parley.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.schema.Clock;
import io.parley.schema.Limits;
import java.util.List;

/**
 * The same buckets in this process only: used while Redis does not answer. Then each gateway grants the whole quota, so
 * a user may have it once per gateway; that is the price of serving on. Thread-safe.
 */
final class LocalBuckets {
    private static final class Bucket {
        double tokens;
        long atNanos;
    }

    private final Clock clock;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(Limits.LOCAL_BUCKETS_MAX).build();

    LocalBuckets(Clock clock) {
        this.clock = clock;
    }

    /** Takes one token of each, or of none. */
    Taken take(String owner, List<Policy> policies) {
        synchronized (buckets) {
            List<Bucket> all =
                    policies.stream().map(policy -> refilled(owner, policy)).toList();
            double waitMillis = 0;
            for (int i = 0; i < all.size(); i++) {
                double lacking = 1 - all.get(i).tokens;
                waitMillis = Math.max(waitMillis, lacking / policies.get(i).tokensPerMilli());
            }
            if (waitMillis <= 0) {
                all.forEach(bucket -> bucket.tokens -= 1);
            }
            return new Taken(
                    0,
                    (long) Math.ceil(Math.max(0, waitMillis)),
                    all.stream().map(bucket -> (int) bucket.tokens).toList());
        }
    }

    private Bucket refilled(String owner, Policy policy) {
        long now = clock.monoNanos();
        Bucket bucket = buckets.get(owner + " " + policy.name(), _ -> {
            Bucket full = new Bucket();
            full.tokens = policy.burst();
            full.atNanos = now;
            return full;
        });
        double gained = (now - bucket.atNanos) / 1e6 * policy.tokensPerMilli();
        bucket.tokens = Math.min(policy.burst(), bucket.tokens + gained);
        bucket.atNanos = now;
        return bucket;
    }
}
