package io.parley.media.node.operators;

import java.time.Duration;

/** The bounds of what operators can ask of a node. */
final class Limits {
    /** How long the shards may take to answer. */
    static final Duration ANSWER = Duration.ofSeconds(5);

    /** Captures at once. */
    static final int CAPTURES = 2;

    /** Seconds of one capture. */
    static final int CAPTURE_SECONDS = 300;

    /** Fields of a query that are read. */
    static final int QUERY_FIELDS = 16;

    private Limits() {}
}
