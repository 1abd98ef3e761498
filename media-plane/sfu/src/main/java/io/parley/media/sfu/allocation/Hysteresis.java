package io.parley.media.sfu.allocation;

/**
 * Which bandwidth to allocate by, so that pictures do not flicker: down at once, up only when 15 % more has held for 5
 * s, so at most 12 times a minute. At the start, before anything was ever taken back, half as much again is followed at
 * once: whoever joins waits for a probe and not for five seconds. Never more than the target. One per receiver; time in
 * milliseconds.
 */
public final class Hysteresis {
    private static final double UP = 1.15;
    private static final long HOLD_MILLIS = 5_000;
    private static final double START_UP = 1.5;

    private long usedBps = -1;
    private long heldBps;
    private long heldSinceMillis;
    private boolean starting = true;

    /** The bandwidth to allocate by now. */
    public long settle(long targetBps, long nowMillis) {
        if (usedBps < 0) {
            usedBps = targetBps;
        } else if (targetBps < usedBps) {
            usedBps = targetBps;
            starting = false;
        } else if (starting && targetBps >= START_UP * usedBps) {
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
