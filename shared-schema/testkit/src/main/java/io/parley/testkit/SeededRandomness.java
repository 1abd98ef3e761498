package io.parley.testkit;

import io.parley.schema.Randomness;
import java.util.Random;

/** Chance that repeats: the same seed gives the same run. */
public final class SeededRandomness implements Randomness {
    private final Random random;

    public SeededRandomness(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public synchronized long below(long bound) {
        return random.nextLong(bound);
    }

    @Override
    public synchronized void fill(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
