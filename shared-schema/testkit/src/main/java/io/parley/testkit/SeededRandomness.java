package io.parley.testkit;

import io.parley.schema.Randomness;
import java.util.SplittableRandom;

/** Chance that one seed repeats. Thread-safe; repeats exactly only when asked in the same order. */
public final class SeededRandomness implements Randomness {
    private final SplittableRandom random;

    public SeededRandomness(long seed) {
        this.random = new SplittableRandom(seed);
    }

    private SeededRandomness(SplittableRandom random) {
        this.random = random;
    }

    @Override
    public synchronized long below(long bound) {
        return random.nextLong(bound);
    }

    @Override
    public synchronized void fill(byte[] bytes) {
        random.nextBytes(bytes);
    }

    /** True with {@code probability}, 0 to 1. */
    public synchronized boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** From {@code min} to {@code max}, both possible. */
    public synchronized long between(long min, long max) {
        return random.nextLong(min, Math.addExact(max, 1));
    }

    /** An independent source that follows from this one's seed. */
    public synchronized SeededRandomness split() {
        return new SeededRandomness(random.split());
    }
}
