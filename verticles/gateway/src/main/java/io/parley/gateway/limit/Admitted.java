package io.parley.gateway.limit;

import java.util.List;

/** What buckets hold after a request took from them. */
public record Admitted(List<Level> levels) {
    public static final Admitted UNLIMITED = new Admitted(List.of());

    /** {@code remaining} whole tokens of one bucket. */
    public record Level(Policy policy, int remaining) {

        /** Seconds until the bucket is full again. */
        int resetSeconds() {
            return (int) Math.ceil((policy.burst() - remaining) / policy.tokensPerMilli() / 1000);
        }
    }

    /** As draft-ietf-httpapi-ratelimit-headers-10 writes what is left. */
    public String rateLimitHeader() {
        return String.join(
                ", ",
                levels.stream()
                        .map(level -> "\"%s\";r=%d;t=%d"
                                .formatted(level.policy().name(), level.remaining(), level.resetSeconds()))
                        .toList());
    }

    /** As draft-ietf-httpapi-ratelimit-headers-10 writes what applies. */
    public String policyHeader() {
        return String.join(
                ", ",
                levels.stream()
                        .map(level -> "\"%s\";q=%d;w=%d"
                                .formatted(
                                        level.policy().name(),
                                        level.policy().quota(),
                                        level.policy().windowSeconds()))
                        .toList());
    }
}
