package io.parley.schema;

/** Chance, passed in. Implementations are thread-safe. */
public interface Randomness {
    /** Uniform from 0 (inclusive) to {@code bound} (exclusive). */
    long below(long bound);

    /** Fills {@code bytes} uniformly. */
    void fill(byte[] bytes);
}
