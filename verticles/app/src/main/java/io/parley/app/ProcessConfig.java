package io.parley.app;

import io.parley.kernel.config.Settings;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this process runs.
 *
 * @param roles in the order of starting
 * @param tracing where spans go (OTLP over gRPC); empty = nowhere, the context is carried on all the same
 */
record ProcessConfig(Set<String> roles, String tracing, double traced) {
    /** Stores first, then who serves, then who lets people in. Stopped in the opposite order. */
    static final List<String> ROLES = List.of("fanout", "chat", "presence", "signaling", "control", "media", "gateway");

    static ProcessConfig from(Settings settings) {
        Set<String> wanted = settings.parsed(
                "roles",
                String.join(",", ROLES),
                "any of " + String.join(", ", ROLES) + ", separated by commas",
                "what this process runs",
                ProcessConfig::known);
        Set<String> ordered = new LinkedHashSet<>(ROLES);
        ordered.retainAll(wanted);
        return new ProcessConfig(
                ordered,
                settings.text("tracing.otlp", "", "where spans go, e.g. http://127.0.0.1:4317; empty = nowhere"),
                settings.integer("tracing.per-mille", 10, 0, 1000, "traces begun here that are recorded, of a thousand")
                        / 1000.0);
    }

    private static Optional<Set<String>> known(String written) {
        Set<String> names =
                Arrays.stream(written.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        return ROLES.containsAll(names) ? Optional.of(names) : Optional.empty();
    }
}
