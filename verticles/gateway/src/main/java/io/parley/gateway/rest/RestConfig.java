package io.parley.gateway.rest;

import io.parley.kernel.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How REST is served.
 *
 * @param corsOrigins pages of these origins may call; "*" = all
 * @param trustedProxies networks whose X-Forwarded-For is believed
 * @param bodyBytesMax of a request
 * @param bodyWithin time for a body to arrive
 */
public record RestConfig(
        List<String> corsOrigins, TrustedProxies trustedProxies, int bodyBytesMax, Duration bodyWithin) {

    public static RestConfig from(Settings settings) {
        return new RestConfig(
                settings.list("http.cors-origins", List.of(), "origins of pages that may call; * = all"),
                TrustedProxies.parse(settings.list(
                        "http.trusted-proxies", List.of(), "networks whose X-Forwarded-For is believed, as CIDR")),
                settings.small("http.body-bytes-max", 1 << 20, 1 << 10, 1 << 26, "bytes of a request body"),
                settings.duration(
                        "http.body-within",
                        Duration.ofSeconds(15),
                        Duration.ofMillis(50),
                        Duration.ofMinutes(10),
                        "time for a request body to arrive"));
    }
}
