package io.parley.media.node;

import io.parley.media.node.control.ControlAddress;
import io.parley.media.transport.TransportConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The words of {@code ./parley media}: options of the command line before variables of the environment
 * ({@code --drain-seconds} is {@code PARLEY_MEDIA_DRAIN_SECONDS}). A refusal names the option, what is allowed and
 * where the value came from.
 */
final class Options {
    static final String USAGE = """
            usage: ./parley media --control HOST:PORT --region R [OPTIONS]

              --control HOST:PORT   the control plane's port for media nodes
              --region R            where this node is, e.g. eu-central
              --id ID               its name, kept over restarts (default: the host's name)
              --listen ADDRESS      where media comes in (default: 0.0.0.0)
              --port N              UDP and TCP (default: 10000; 0 = any free)
              --advertise ADDRESS   how clients reach it, when that differs; may be repeated
              --shards N            threads for media (default: one for each processor)
              --participants N      how many it holds (default: 1000)
              --bandwidth MBIT      of its network, in one direction (default: 1000)
              --operators ADDR:PORT metrics, health and debugging (default: 127.0.0.1:9090; port 0 = any free)
              --drain-seconds N     how long a node that goes away waits for people to leave (default: 3600)
              --tls-cert FILE       its certificate, --tls-key FILE its key, --tls-ca FILE whom it trusts (all PEM);
                                    all three, or none: then the link is in clear, for loopback and development

            Each option may also be a variable: PARLEY_MEDIA_REGION, PARLEY_MEDIA_TLS_CERT and so on.
            """;

    private static final List<String> NAMES = List.of(
            "control",
            "region",
            "id",
            "listen",
            "port",
            "advertise",
            "shards",
            "participants",
            "bandwidth",
            "operators",
            "drain-seconds",
            "tls-cert",
            "tls-key",
            "tls-ca");

    /** A wrong word; made for a person to read. */
    static final class RefusedException extends RuntimeException {
        RefusedException(String message) {
            super(message, null, false, false);
        }
    }

    private record Given(String value, String source) {}

    private final Map<String, List<Given>> given = new LinkedHashMap<>();

    private Options() {}

    /** Throws {@link RefusedException}. */
    static MediaNodeConfig parse(List<String> words, Map<String, String> environment, String hostName) {
        var options = new Options();
        for (String name : NAMES) {
            String variable = "PARLEY_MEDIA_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
            var value = environment.get(variable);
            if (value != null) {
                options.given.put(name, List.of(new Given(value, variable)));
            }
        }
        options.read(words);
        return options.config(hostName);
    }

    private void read(List<String> words) {
        var flags = new LinkedHashMap<String, List<Given>>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String flag = equals < 0 ? word : word.substring(0, equals);
            if (!flag.startsWith("--") || !NAMES.contains(flag.substring(2))) {
                throw new RefusedException("there is no option " + flag + "; there are --" + String.join(" --", NAMES));
            }
            if (equals < 0 && i + 1 == words.size()) {
                throw new RefusedException(flag + " needs a value");
            }
            String value = equals < 0 ? words.get(++i) : word.substring(equals + 1);
            flags.computeIfAbsent(flag.substring(2), _ -> new ArrayList<>()).add(new Given(value, flag));
        }
        given.putAll(flags);
    }

    private MediaNodeConfig config(String hostName) {
        var listen = one("listen", "0.0.0.0", "an address of this machine", Options::address);
        var advertised = given.getOrDefault("advertise", List.of()).stream()
                .map(each -> parsed(each, "an address, such as 203.0.113.5", Options::address))
                .toList();
        int cores = Runtime.getRuntime().availableProcessors();
        var media = new TransportConfig(
                List.of(listen),
                number("port", 10_000, 0, 65_535),
                advertised,
                number("shards", cores, 1, 256),
                TransportConfig.Engine.AUTO,
                true);
        var capacity = new MediaNodeConfig.Capacity(
                number("participants", 1_000, 1, 100_000), 1_000_000L * number("bandwidth", 1_000, 1, 1_000_000));
        return new MediaNodeConfig(
                one("id", id(hostName), "1 to 64 of A-Z a-z 0-9 _ -", text -> matching(text, "[A-Za-z0-9_-]{1,64}")),
                required("region", "1 to 40 of A-Z a-z 0-9 _ -", text -> matching(text, "[A-Za-z0-9_-]{1,40}")),
                control(),
                media,
                capacity,
                one("operators", "127.0.0.1:9090", "ADDRESS:PORT", Options::socketAddress),
                Duration.ofSeconds(number("drain-seconds", 3_600, 0, 86_400)));
    }

    private static String id(String hostName) {
        String id = hostName.replaceAll("[^A-Za-z0-9_-]", "-");
        return id.isEmpty() ? "media" : id.substring(0, Math.min(64, id.length()));
    }

    private ControlAddress control() {
        var where = required("control", "HOST:PORT", Options::socketAddress);
        boolean any = given.containsKey("tls-cert") || given.containsKey("tls-key") || given.containsKey("tls-ca");
        if (!any) {
            return new ControlAddress(where.getHostString(), where.getPort(), Optional.empty());
        }
        var tls = new ControlAddress.Tls(
                required("tls-cert", "a readable file", Options::file),
                required("tls-key", "a readable file", Options::file),
                required("tls-ca", "a readable file", Options::file));
        return new ControlAddress(where.getHostString(), where.getPort(), Optional.of(tls));
    }

    private int number(String name, int byDefault, int min, int max) {
        return one(name, Integer.toString(byDefault), "a number from " + min + " to " + max, text -> {
            boolean digits = text.matches("[0-9]{1,9}");
            int number = digits ? Integer.parseInt(text) : -1;
            return digits && number >= min && number <= max ? Optional.of(number) : Optional.empty();
        });
    }

    private <T> T one(String name, String byDefault, String allowed, Function<String, Optional<T>> parser) {
        var found = given.get(name);
        return parsed(
                found == null ? new Given(byDefault, "the default of --" + name) : found.getLast(), allowed, parser);
    }

    private <T> T required(String name, String allowed, Function<String, Optional<T>> parser) {
        var found = given.get(name);
        if (found == null) {
            throw new RefusedException("--" + name + " is needed: " + allowed);
        }
        return parsed(found.getLast(), allowed, parser);
    }

    private static <T> T parsed(Given given, String allowed, Function<String, Optional<T>> parser) {
        return parser.apply(given.value)
                .orElseThrow(() ->
                        new RefusedException("\"" + given.value + "\" (from " + given.source + ") is not " + allowed));
    }

    private static Optional<String> matching(String text, String pattern) {
        return text.matches(pattern) ? Optional.of(text) : Optional.empty();
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<InetSocketAddress> socketAddress(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        boolean sound = colon > 0 && port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65_535;
        return sound
                ? Optional.of(InetSocketAddress.createUnresolved(text.substring(0, colon), Integer.parseInt(port)))
                : Optional.empty();
    }

    private static Optional<Path> file(String text) {
        var path = Path.of(text);
        return Files.isReadable(path) ? Optional.of(path) : Optional.empty();
    }
}
