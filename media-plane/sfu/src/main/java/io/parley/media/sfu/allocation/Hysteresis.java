package io.parley.media.sfu.allocation;

/**
 * Which bandwidth to allocate by, so that pictures do not flicker: down at once, up only when 12 % more has held for a
 * while. That is two seconds; each time a rise is taken back soon it is twice as long, up to 8 s, until nothing was
 * taken back for 20 s. So whoever joins or comes back from a bad moment sees well soon, and a link that swings is left
 * alone. At the start, before anything was ever taken back, half as much again is followed at once: whoever joins waits
 * for a probe and for nothing else. Never more than the target. One per receiver; time in milliseconds.
 */
public final class Hysteresis {
    private static final double UP = 1.12;
    private static final long HOLD_MIN_MILLIS = 2_000;
    private static final long HOLD_MAX_MILLIS = 8_000;
    private static final long SOON_MILLIS = 5_000;
    private static final long CALM_MILLIS = 20_000;
    private static final double START_UP = 1.5;

    private long usedBps = -1;
    private long heldBps;
    private long heldSinceMillis;
    private long holdMillis = HOLD_MIN_MILLIS;
    private long roseMillis = Long.MIN_VALUE / 2;
    private long fellMillis = Long.MIN_VALUE / 2;
    private boolean starting = true;

    /** The bandwidth to allocate by now. */
    public long settle(long targetBps, long nowMillis) {
        if (usedBps < 0) {
            usedBps = targetBps;
        } else if (targetBps < usedBps) {
            fall(targetBps, nowMillis);
        } else if (starting && targetBps >= START_UP * usedBps) {
            usedBps = targetBps;
        }
        if (targetBps < UP * usedBps) {
            heldSinceMillis = nowMillis;
            heldBps = Long.MAX_VALUE;
            return usedBps;
        }
        heldBps = Math.min(heldBps, targetBps);
        if (nowMillis - heldSinceMillis >= hold(nowMillis)) {
            usedBps = heldBps;
            roseMillis = nowMillis;
            heldSinceMillis = nowMillis;
            heldBps = Long.MAX_VALUE;
        }
        return usedBps;
    }

    private void fall(long targetBps, long nowMillis) {
        if (nowMillis - roseMillis < SOON_MILLIS) {
            holdMillis = Math.min(HOLD_MAX_MILLIS, 2 * holdMillis);
            roseMillis = Long.MIN_VALUE / 2; // one rise counts once, however often the target falls after it
        }
        usedBps = targetBps;
        fellMillis = nowMillis;
        starting = false;
    }

    private long hold(long nowMillis) {
        if (nowMillis - fellMillis > CALM_MILLIS) {
            holdMillis = HOLD_MIN_MILLIS;
        }
        return holdMillis;
    }
}
