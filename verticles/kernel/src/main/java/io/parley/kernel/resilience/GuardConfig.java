package io.parley.kernel.resilience;

import io.parley.kernel.config.Settings;
import java.time.Duration;

/**
 * What one guarded party may cost.
 *
 * @param timeout of one call or one transaction; afterwards its effect is unknown
 * @param concurrentMax calls that run or wait at once; more are refused as OVERLOADED
 * @param openFor how long nobody asks once the breaker has opened
 */
public record GuardConfig(Duration timeout, int concurrentMax, Duration openFor) {
    private static final Duration TIMEOUT_MIN = Duration.ofMillis(10);
    private static final Duration TIMEOUT_MAX = Duration.ofMinutes(5);
    private static final int CONCURRENT_LIMIT = 1_000_000;
    private static final Duration OPEN_FOR = Duration.ofSeconds(2);

    /** Reads {@code guard.PARTY.timeout}, {@code guard.PARTY.concurrent} and {@code guard.PARTY.open}. */
    public static GuardConfig from(Settings settings, String party, Duration timeout, int concurrentMax) {
        String prefix = "guard." + party + ".";
        return new GuardConfig(
                settings.duration(
                        prefix + "timeout", timeout, TIMEOUT_MIN, TIMEOUT_MAX, "limit of one call to " + party),
                settings.small(
                        prefix + "concurrent", concurrentMax, 1, CONCURRENT_LIMIT, "calls to " + party + " at once"),
                settings.duration(
                        prefix + "open",
                        OPEN_FOR,
                        TIMEOUT_MIN,
                        TIMEOUT_MAX,
                        "rest before " + party + " is asked again after it failed"));
    }
}
