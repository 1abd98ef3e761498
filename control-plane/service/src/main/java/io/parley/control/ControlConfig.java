package io.parley.control;

import io.parley.kernel.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the control plane runs.
 *
 * @param host where media nodes attach
 * @param port 0 = any free one, for a node in the same process
 * @param tls absent = clear text, refused outside development
 * @param tokenTtl how long a session token may be used to join
 * @param silentAfter without a report for this long a node takes no new sessions
 * @param lostAfter without a report for this long a node is given up, and its participants with it
 */
record ControlConfig(
        String host, int port, Optional<Tls> tls, Duration tokenTtl, Duration silentAfter, Duration lostAfter) {
    /** Files in PEM: our certificate chain and key, and whose certificates nodes must show. */
    record Tls(Path certificate, Path key, Path clientAuthority) {}

    static ControlConfig from(Settings settings) {
        return new ControlConfig(
                settings.text("control.host", "127.0.0.1", "address that media nodes attach to"),
                settings.small("control.port", 0, 0, 65_535, "port that media nodes attach to; 0 = any free one"),
                tls(settings),
                settings.duration(
                        "control.token-ttl",
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(5),
                        Duration.ofHours(24),
                        "how long a session token may be used to join"),
                settings.duration(
                        "control.silent-after",
                        Duration.ofSeconds(3),
                        Duration.ofMillis(500),
                        Duration.ofMinutes(1),
                        "a media node without a report for this long takes no new sessions"),
                settings.duration(
                        "control.lost-after",
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10),
                        "a media node without a report for this long is given up"));
    }

    private static Optional<Tls> tls(Settings settings) {
        String certificate = settings.text("control.tls.certificate", "", "PEM file: certificate of the control plane");
        String key = settings.text("control.tls.key", "", "PEM file: its private key");
        String authority =
                settings.text("control.tls.authority", "", "PEM file: who signs the certificates of media nodes");
        if (certificate.isEmpty() && key.isEmpty() && authority.isEmpty()) {
            return Optional.empty();
        } else if (certificate.isEmpty() || key.isEmpty() || authority.isEmpty()) {
            throw new IllegalArgumentException("control.tls.certificate, control.tls.key and control.tls.authority"
                    + " belong together: set all three, or none for clear text in development");
        }
        return Optional.of(new Tls(Path.of(certificate), Path.of(key), Path.of(authority)));
    }
}
