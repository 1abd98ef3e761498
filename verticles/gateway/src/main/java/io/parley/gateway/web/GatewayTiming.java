package io.parley.gateway.web;

import io.parley.kernel.config.Settings;
import java.time.Duration;

/**
 * How often a gateway reports.
 *
 * @param leaseEvery everybody's presence lease; three of these without a report and it ends
 * @param leaseChangesEvery who came and went
 * @param acknowledgeEvery delivered markers
 * @param revocationsEvery a look at the list of revocations, in case a notice was lost
 */
public record GatewayTiming(
        Duration leaseEvery, Duration leaseChangesEvery, Duration acknowledgeEvery, Duration revocationsEvery) {

    public static GatewayTiming from(Settings settings) {
        return new GatewayTiming(
                duration(settings, "gateway.lease-every", 5_000, "how often presence leases are renewed"),
                duration(settings, "gateway.lease-changes-every", 100, "how often comings and goings are told"),
                duration(settings, "gateway.acknowledge-every", 2_000, "how often delivered markers are told"),
                duration(
                        settings,
                        "gateway.revocations-every",
                        30_000,
                        "how often open sockets are held against the"
                                + " list of revocations, in case a notice was lost"));
    }

    private static Duration duration(Settings settings, String key, long byDefaultMillis, String doc) {
        return settings.duration(
                key, Duration.ofMillis(byDefaultMillis), Duration.ofMillis(10), Duration.ofMinutes(10), doc);
    }
}
