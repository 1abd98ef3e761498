package io.parley.testkit;

import java.security.SecureRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The seeds of a randomised test, for {@code @ParameterizedTest(name = "SEED={0}")} with
 * {@code @MethodSource("io.parley.testkit.Seeds#forThisRun")}: some fixed, so that every run covers them, some fresh,
 * so that runs add up. {@code SEED=17} in the environment replays just that one; {@code SEEDS=500} draws that many
 * fresh ones.
 */
public final class Seeds {
    private static final long FIXED = 8;
    private static final long FRESH = 4;
    private static final long FRESH_MAX = 1_000_000;

    private Seeds() {}

    public static Stream<Arguments> forThisRun() {
        return seeds(System.getenv("SEED"), System.getenv("SEEDS")).mapToObj(Arguments::of);
    }

    static LongStream seeds(@Nullable String replay, @Nullable String freshCount) {
        if (replay != null) {
            return LongStream.of(Long.parseLong(replay));
        }
        long fresh = freshCount == null ? FRESH : Math.min(FRESH_MAX, Long.parseLong(freshCount));
        var random = new SecureRandom();
        // Positive, so that a seed is pasted into a shell without thinking.
        return LongStream.concat(LongStream.rangeClosed(1, FIXED), random.longs(fresh, FIXED + 1, Long.MAX_VALUE));
    }
}
