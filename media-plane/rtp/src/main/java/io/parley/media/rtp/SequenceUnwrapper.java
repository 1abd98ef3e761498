package io.parley.media.rtp;

/**
 * Makes 16-bit sequence numbers a line without wraps (RFC 3550 section A.1, "extended"). Each number is placed at the
 * point nearest to the highest one seen, exactly half way counts as before it; so up to 32,768 of reordering and 32,767
 * of loss are understood. A number before the first may be negative. One owner, allocates nothing.
 */
public final class SequenceUnwrapper {
    private long highest;
    private boolean started;

    /** The place of {@code sequence} on the line; moves the highest when it is newer (RFC 3550 section A.1). */
    public long unwrap(int sequence) {
        long place = peek(sequence);
        if (!started || place > highest) {
            started = true;
            highest = place;
        }
        return place;
    }

    /** As {@link #unwrap} without remembering anything (RFC 3550 section A.1). */
    public long peek(int sequence) {
        return started ? highest + (short) (sequence - (int) highest) : sequence & 0xffff;
    }

    /**
     * The newest place so far, 0 before the first: its low 32 bits are a report's "extended highest" (section 6.4.1).
     */
    public long highest() {
        return highest;
    }

    public boolean isStarted() {
        return started;
    }

    /** Forgets everything: for a source that starts anew. */
    public void reset() {
        started = false;
        highest = 0;
    }
}
