package io.parley.media.rtp;

/**
 * Makes 32-bit RTP timestamps a line without wraps (RFC 3550 section 5.1). Each is placed at the point nearest to the
 * highest one seen; exactly half way counts as before it. One owner, allocates nothing.
 */
public final class TimestampUnwrapper {
    private long highest;
    private boolean started;

    /** The place of {@code timestamp} on the line; moves the highest when it is newer (RFC 3550 section 5.1). */
    public long unwrap(int timestamp) {
        long place = peek(timestamp);
        if (!started || place > highest) {
            started = true;
            highest = place;
        }
        return place;
    }

    /** As {@link #unwrap} without remembering anything (RFC 3550 section 5.1). */
    public long peek(int timestamp) {
        return started ? highest + (timestamp - (int) highest) : timestamp & 0xffff_ffffL;
    }

    public long highest() {
        return highest;
    }

    /** Forgets everything: for a source that starts anew. */
    public void reset() {
        started = false;
        highest = 0;
    }
}
