package io.parley.media.sfu.allocation;

/**
 * Which bandwidth to allocate by, so that pictures do not flicker: down at once, up only when 15 % more has held for 5
 * s, so at most 12 times a minute. Never more than the target. One per receiver; time in milliseconds.
 */
public final class Hysteresis {
    private static final double UP = 1.15;
    private static final long HOLD_MILLIS = 5_000;

    private long usedBps = -1;
    private long heldBps;
    private long heldSinceMillis;

    /** The bandwidth to allocate by now. */
    public long settle(long targetBps, long nowMillis) {
        if (usedBps < 0 || targetBps < usedBps) {
            usedBps = targetBps;
        }
        if (targetBps < UP * usedBps) {
            heldSinceMillis = nowMillis;
            heldBps = Long.MAX_VALUE;
            return usedBps;
        }
        heldBps = Math.min(heldBps, targetBps);
        if (nowMillis - heldSinceMillis >= HOLD_MILLIS) {
            usedBps = heldBps;
            heldSinceMillis = nowMillis;
            heldBps = Long.MAX_VALUE;
        }
        return usedBps;
    }
}
