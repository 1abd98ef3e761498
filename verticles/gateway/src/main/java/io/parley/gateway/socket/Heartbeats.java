package io.parley.gateway.socket;

import java.time.Duration;

/** How often a client should be heard: often while it is in use, rarely while it idles (R46). Pure. */
record Heartbeats(Duration active, Duration idle) {
    private static final Duration STILL_ACTIVE = Duration.ofMinutes(1);
    private static final Duration LONG_IDLE = Duration.ofMinutes(5);

    /** {@code quiet}: since the last frame that was more than a heartbeat. */
    Duration interval(Duration quiet) {
        if (quiet.compareTo(STILL_ACTIVE) < 0) {
            return active;
        } else if (quiet.compareTo(LONG_IDLE) < 0) {
            return active.plus(idle).dividedBy(2);
        }
        return idle;
    }

    /** A client that was told {@code interval} is gone after this silence: two beats may be lost. */
    static Duration patience(Duration interval) {
        return interval.multipliedBy(5).dividedBy(2);
    }
}
