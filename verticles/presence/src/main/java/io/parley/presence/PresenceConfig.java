package io.parley.presence;

import io.parley.kernel.config.Settings;
import java.time.Duration;

/**
 * How patient presence is.
 *
 * @param awayAfter a device whose user does nothing for this long is away
 * @param grace a closed device is kept this long, so that a reconnect shows nothing
 * @param flush changes are told this often, newest per user
 * @param sweep how often leases that ran out are looked for
 */
public record PresenceConfig(Duration awayAfter, Duration grace, Duration flush, Duration sweep) {
    static PresenceConfig from(Settings settings) {
        return new PresenceConfig(
                settings.duration(
                        "presence.away-after",
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(1),
                        Duration.ofDays(1),
                        "a device without activity for this long is away"),
                settings.duration(
                        "presence.grace",
                        Duration.ofSeconds(3),
                        Duration.ZERO,
                        Duration.ofMinutes(5),
                        "a closed device counts this long, so that a reconnect shows nothing"),
                settings.duration(
                        "presence.flush",
                        Duration.ofMillis(200),
                        Duration.ofMillis(10),
                        Duration.ofSeconds(10),
                        "how often changes are told"),
                settings.duration(
                        "presence.sweep",
                        Duration.ofSeconds(1),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1),
                        "how often leases that ran out are looked for"));
    }
}
