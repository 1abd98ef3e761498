package io.parley.media.sfu.allocation;

/**
 * Which bandwidth to allocate by, so that pictures do not flicker: down at once, up to what was there all the last
 * while when that is 12 % more. The while is two seconds, twice as long each time a rise is taken back soon, up to 5 s,
 * until nothing was taken back for 20 s: at most 12 rises a minute on a link that swings, and little waiting on one
 * that does not. At the start, before anything was ever taken back, half as much again is followed at once: whoever
 * joins waits for a probe and for nothing else. Never more than the target. One per receiver; time in milliseconds.
 */
public final class Hysteresis {
    private static final double UP = 1.12;
    private static final int BUCKET_MILLIS = 250;
    private static final int BUCKETS = 32;
    private static final int HOLD_MIN = 2_000 / BUCKET_MILLIS;
    private static final int HOLD_MAX = 5_000 / BUCKET_MILLIS;
    private static final long SOON_MILLIS = 5_000;
    private static final long CALM_MILLIS = 20_000;
    private static final double START_UP = 1.5;

    /** The least target of each quarter of a second. */
    private final long[] leasts = new long[BUCKETS];

    private long newest = -1;
    private long lastBps;
    private long usedBps = -1;
    private int hold = HOLD_MIN;
    private long roseMillis = Long.MIN_VALUE / 2;
    private long fellMillis = Long.MIN_VALUE / 2;
    private boolean starting = true;

    /** The bandwidth to allocate by now. */
    public long settle(long targetBps, long nowMillis) {
        note(targetBps, nowMillis / BUCKET_MILLIS);
        if (usedBps < 0) {
            usedBps = targetBps;
        } else if (targetBps < usedBps) {
            fall(targetBps, nowMillis);
        } else if (starting && targetBps >= START_UP * usedBps) {
            usedBps = targetBps;
        } else {
            rise(nowMillis);
        }
        return usedBps;
    }

    private void note(long targetBps, long bucket) {
        if (newest < 0 || bucket - newest >= BUCKETS) {
            newest = bucket - 1;
        }
        while (newest < bucket) {
            newest++;
            leasts[(int) (newest % BUCKETS)] = newest == bucket ? targetBps : lastBps;
        }
        int index = (int) (newest % BUCKETS);
        leasts[index] = Math.min(leasts[index], targetBps);
        lastBps = targetBps;
    }

    private void fall(long targetBps, long nowMillis) {
        if (nowMillis - roseMillis < SOON_MILLIS) {
            hold = Math.min(HOLD_MAX, 2 * hold);
            roseMillis = Long.MIN_VALUE / 2; // one rise counts once, however often the target falls after it
        }
        usedBps = targetBps;
        fellMillis = nowMillis;
        starting = false;
    }

    private void rise(long nowMillis) {
        if (nowMillis - fellMillis > CALM_MILLIS) {
            hold = HOLD_MIN;
        }
        long held = Long.MAX_VALUE;
        for (int i = 0; i <= hold; i++) {
            held = Math.min(held, leasts[(int) ((newest - i + BUCKETS) % BUCKETS)]);
        }
        if (held >= UP * usedBps) {
            usedBps = held;
            roseMillis = nowMillis;
        }
    }
}
