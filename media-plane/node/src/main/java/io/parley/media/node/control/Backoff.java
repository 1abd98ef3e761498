package io.parley.media.node.control;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts, with full jitter: a random part of a span that doubles up to a limit. One owner. */
final class Backoff {
    private static final int DOUBLINGS_MAX = 20;

    private final Duration first;
    private final Duration last;
    private final RandomGenerator random;
    private int attempts;

    Backoff(Duration first, Duration last, RandomGenerator random) {
        this.first = first;
        this.last = last;
        this.random = random;
    }

    /** How long to wait before the next attempt. */
    long nextMillis() {
        long span = Math.min(last.toMillis(), first.toMillis() << Math.min(attempts, DOUBLINGS_MAX));
        attempts++;
        return random.nextLong(span + 1);
    }

    /** An attempt was successful: the next pauses are short again. */
    void reset() {
        attempts = 0;
    }
}
