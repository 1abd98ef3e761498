package io.parley.gateway;

import io.parley.gateway.session.GuestSessions.GuestConfig;
import io.parley.kernel.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * What a gateway is told that none of its parts alone needs.
 *
 * @param eventLoops that share the port
 * @param commandTimeout after which a domain's answer is not waited for
 * @param revocationsKept at least as long as tokens live
 */
record GatewayConfig(int eventLoops, Duration commandTimeout, Duration revocationsKept, GuestConfig guests) {
    static GatewayConfig from(Settings settings) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new GatewayConfig(
                settings.small("gateway.event-loops", Math.min(8, cores), 1, 256, "event loops that share the port"),
                settings.duration(
                        "gateway.command-timeout",
                        Duration.ofSeconds(10),
                        Duration.ofMillis(50),
                        Duration.ofMinutes(2),
                        "after which a domain's answer is not waited for"),
                settings.duration(
                        "gateway.revocations-kept",
                        Duration.ofDays(30),
                        Duration.ofMinutes(1),
                        Duration.ofDays(400),
                        "how long a revocation is remembered: at least as long as tokens live"),
                guests(settings));
    }

    private static GuestConfig guests(Settings settings) {
        return new GuestConfig(
                settings.bool("guests.allowed", true, "whether anybody may start a guest session"),
                settings.text("guests.tenant", "default", "tenant of guests that ask for none"),
                settings.list("guests.tenants", List.of(), "further tenants that guests may ask for"),
                settings.duration(
                        "guests.ttl",
                        Duration.ofHours(24),
                        Duration.ofSeconds(1),
                        Duration.ofDays(400),
                        "how long a guest session lasts"));
    }
}
