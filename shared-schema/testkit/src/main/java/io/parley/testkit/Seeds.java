package io.parley.testkit;

import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Seeds for randomised tests: some fixed, some fresh with every run; {@code SEED=n} in the environment replays one. Put
 * the seed in the test's name, so that a failure says how to repeat it.
 */
public final class Seeds {
    private static final int FIXED = 12;
    private static final int FRESH = 4;

    private Seeds() {}

    public static Stream<Long> forThisRun() {
        String replayed = System.getenv("SEED");
        if (replayed != null) {
            return Stream.of(Long.parseLong(replayed));
        }
        return LongStream.concat(LongStream.rangeClosed(1, FIXED), new Random().longs(FRESH, 1_000, 1_000_000_000))
                .boxed();
    }
}
