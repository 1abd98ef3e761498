package io.parley.schema;

import java.security.SecureRandom;

/** Unpredictable chance: fit for tokens and keys as well as for jitter. */
public final class SecureRandomness implements Randomness {
    private final SecureRandom random = new SecureRandom();

    @Override
    public long below(long bound) {
        return random.nextLong(bound);
    }

    @Override
    public void fill(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
