package io.parley.fanout;

import io.parley.fanout.domain.RecentBounds;
import io.parley.kernel.config.Settings;
import java.time.Duration;

/**
 * What an owner of shards keeps.
 *
 * @param recent bounds of the recent events
 * @param interestTtl a node's interest in a shard ends when it was not confirmed for so long
 */
public record FanoutConfig(RecentBounds recent, Duration interestTtl) {
    static FanoutConfig from(Settings settings) {
        RecentBounds recent = new RecentBounds(
                settings.small("fanout.recent.events", 1_000, 1, 10_000, "newest events kept per stream"),
                settings.integer("fanout.recent.stream-bytes", 1L << 20, 1L << 10, 1L << 30, "bytes kept per stream"),
                settings.integer("fanout.recent.bytes", 64L << 20, 1L << 10, 1L << 36, "bytes kept for all streams"),
                settings.duration(
                        "fanout.recent.age",
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(1),
                        Duration.ofDays(1),
                        "how long events are kept for resumes"));
        return new FanoutConfig(
                recent,
                settings.duration(
                        "fanout.interest.ttl",
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10),
                        "a node's interest that is not confirmed for so long is forgotten"));
    }
}
