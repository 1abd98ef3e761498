package io.parley.gateway.streams;

import io.parley.kernel.config.Settings;
import java.time.Duration;

/**
 * How a gateway node keeps its streams whole.
 *
 * @param linger interest outlives the last local subscriber by this much, so that a reconnect costs nothing
 * @param digest how often owners are asked whether they know our interest
 * @param probe how often the log is asked where a stream stands; bounds how long a lost publication stays unseen
 * @param patience how long a hole is left to close by itself before it is read
 * @param answer how long one question may take
 */
public record StreamsConfig(Duration linger, Duration digest, Duration probe, Duration patience, Duration answer) {
    public static StreamsConfig from(Settings settings) {
        return new StreamsConfig(
                duration(
                        settings,
                        "linger",
                        Duration.ofSeconds(5),
                        "interest outlives the last subscriber by this much"),
                duration(settings, "digest", Duration.ofSeconds(3), "how often interest is compared with its owners"),
                duration(settings, "probe", Duration.ofSeconds(6), "how often the log is asked for a stream's head"),
                duration(settings, "patience", Duration.ofMillis(30), "how long a hole may close by itself"),
                duration(settings, "answer", Duration.ofSeconds(2), "how long one question to another node may take"));
    }

    private static Duration duration(Settings settings, String name, Duration byDefault, String doc) {
        return settings.duration("streams." + name, byDefault, Duration.ofMillis(10), Duration.ofMinutes(1), doc);
    }
}
