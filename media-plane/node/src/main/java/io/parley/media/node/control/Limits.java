package io.parley.media.node.control;

import java.time.Duration;

/** The bounds of everything between a node and the control plane that could grow or wait. */
public final class Limits {
    /** Commands that are being done at once; the control plane's next ones wait in the stream. */
    static final int COMMANDS_UNDER_WAY = 256;

    /** Answers that are kept to be given again. */
    static final int ANSWERS_KEPT = 1_024;

    /** Events of distinct subjects that wait for the stream; more are dropped and counted. */
    static final int EVENTS_WAITING = 20_000;

    /** Speakers of one room are told this often at most. */
    static final Duration SPEAKERS_EVERY = Duration.ofMillis(200);

    /** A stream on which no welcome comes for this long is given up. */
    static final Duration WELCOME = Duration.ofSeconds(10);

    /** Frames that nobody acknowledges for this long mean that the control plane is gone. */
    static final Duration UNACKNOWLEDGED = Duration.ofSeconds(10);

    /** The longest pause between two attempts to attach; the first is up to {@link #FIRST_RETRY}. */
    static final Duration LAST_RETRY = Duration.ofSeconds(10);

    static final Duration FIRST_RETRY = Duration.ofMillis(200);

    /** Bytes of one frame from the control plane: an offer of the largest size, and room to spare. */
    static final int FRAME_BYTES = 1 << 20;

    /** How long the end of the link may take. */
    static final Duration CLOSE = Duration.ofSeconds(3);

    /** Characters of a debug tree; a larger one is refused, ask for one room. */
    static final int DEBUG_CHARS = 3_000_000;

    private Limits() {}
}
