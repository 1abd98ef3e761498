package io.parley.media.sfu.allocation;

/** What a participant is in the room. The numbers are the defaults of requirements R88 and R267. */
public enum Role {
    HOST(4_000_000, 1),
    CONTROLLER(4_000_000, 2),
    VIEWER(2_000_000, 3);

    private final long maxBps;
    private final int priority;

    Role(long maxBps, int priority) {
        this.maxBps = maxBps;
        this.priority = priority;
    }

    /** What the participant's sources may use together at most, in the eyes of one receiver. */
    public long maxBps() {
        return maxBps;
    }

    /** 1 goes first. */
    public int priority() {
        return priority;
    }

    /** The share of the bandwidth against others: the first of three weighs three times the last. */
    int weight() {
        return 4 - priority;
    }
}
