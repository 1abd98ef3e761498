package io.parley.app;

import io.parley.kernel.config.Settings;
import io.parley.media.node.MediaNodeConfig;
import io.parley.media.node.control.ControlAddress;
import io.parley.media.transport.TransportConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The settings of the media node in this process; {@code ./parley media} has options of its own.
 *
 * @param control empty = the control plane of this process
 * @param id empty = that of the process
 * @param tls the files of the certificate, its key and whom to trust; empty = in clear
 */
record MediaSettings(
        String control,
        String region,
        String id,
        TransportConfig port,
        MediaNodeConfig.Capacity capacity,
        InetSocketAddress operators,
        Duration drain,
        Optional<ControlAddress.Tls> tls) {
    private static final int SHARDS_MAX = 256;
    private static final int MBIT = 1_000_000;

    static MediaSettings from(Settings settings) {
        return new MediaSettings(
                settings.parsed(
                        "media.control",
                        "",
                        "HOST:PORT, or nothing",
                        "the control plane of the media node; empty = the one in this process",
                        text -> text.isEmpty() || address(text).isPresent() ? Optional.of(text) : Optional.empty()),
                settings.parsed(
                        "media.region",
                        "local",
                        "1 to 40 of A-Z a-z 0-9 _ -",
                        "where the media node is, e.g. eu-central",
                        text -> matching(text, "[A-Za-z0-9_-]{1,40}")),
                settings.parsed(
                        "media.id",
                        "",
                        "up to 64 of A-Z a-z 0-9 _ -",
                        "name of the media node, kept over restarts; empty = a new one with each start",
                        text -> matching(text, "[A-Za-z0-9_-]{0,64}")),
                port(settings),
                capacity(settings),
                settings.parsed(
                        "media.operators",
                        "127.0.0.1:0",
                        "HOST:PORT",
                        "metrics and debugging of the media node; port 0 = any free one",
                        MediaSettings::address),
                settings.duration(
                        "media.drain",
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofHours(24),
                        "how long a media node that ends waits for people to leave"),
                tls(settings));
    }

    private static TransportConfig port(Settings settings) {
        return new TransportConfig(
                settings.parsed(
                        "media.listen",
                        "127.0.0.1",
                        "an address of this machine",
                        "address that media comes in at; 0.0.0.0 = all",
                        MediaSettings::addresses),
                settings.small("media.port", 0, 0, 65_535, "port of media, UDP and TCP; 0 = any free one"),
                settings.parsed(
                        "media.advertise",
                        "",
                        "addresses, separated by commas",
                        "how clients reach the media port, when that differs from where it listens",
                        MediaSettings::addresses),
                settings.small("media.shards", 1, 1, SHARDS_MAX, "threads for media"),
                TransportConfig.Engine.AUTO,
                true);
    }

    private static MediaNodeConfig.Capacity capacity(Settings settings) {
        var usual = MediaNodeConfig.Capacity.DEFAULT;
        return new MediaNodeConfig.Capacity(
                settings.small("media.participants", usual.participants(), 1, 100_000, "how many the media node holds"),
                MBIT
                        * settings.integer(
                                "media.bandwidth-mbit",
                                usual.bitsPerSecond() / MBIT,
                                1,
                                1_000_000,
                                "of the media node's network, in one direction"));
    }

    private static Optional<ControlAddress.Tls> tls(Settings settings) {
        String certificate = settings.text("media.tls.certificate", "", "PEM file: certificate of the media node");
        String key = settings.text("media.tls.key", "", "PEM file: its private key");
        String authority = settings.text("media.tls.authority", "", "PEM file: who signs the control plane's");
        boolean none = certificate.isEmpty() && key.isEmpty() && authority.isEmpty();
        return none
                ? Optional.empty()
                : Optional.of(new ControlAddress.Tls(Path.of(certificate), Path.of(key), Path.of(authority)));
    }

    /** What the node is started with; throws IllegalArgumentException for what cannot work. */
    MediaNodeConfig node(String processId, Supplier<String> neighbour) {
        var where = address(control.isEmpty() ? neighbour.get() : control).orElseThrow();
        return new MediaNodeConfig(
                id.isEmpty() ? processId : id,
                region,
                new ControlAddress(where.getHostString(), where.getPort(), tls),
                port,
                capacity,
                operators,
                drain);
    }

    private static Optional<String> matching(String text, String pattern) {
        return text.matches(pattern) ? Optional.of(text) : Optional.empty();
    }

    private static Optional<InetSocketAddress> address(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        boolean sound = colon > 0 && port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65_535;
        return sound
                ? Optional.of(InetSocketAddress.createUnresolved(text.substring(0, colon), Integer.parseInt(port)))
                : Optional.empty();
    }

    private static Optional<List<InetAddress>> addresses(String text) {
        try {
            var names = Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
            var found = new InetAddress[names.size()];
            for (int i = 0; i < found.length; i++) {
                found[i] = InetAddress.getByName(names.get(i));
            }
            return Optional.of(List.of(found));
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }
}
