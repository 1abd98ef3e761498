package io.parley.media.sfu.rate;

/**
 * An upper bound from loss. Loss that a lower rate does not cure belongs to the path (radio) and is accepted; loss
 * above it is congestion, and the bound becomes what got through. Windows last at least 500 ms and 20 packets. The
 * experiment: cut once, and look whether the loss went away. One owner.
 */
final class LossEstimator {
    private static final long WINDOW_MICROS = 500_000;
    private static final int WINDOW_PACKETS = 20;
    private static final double MARGIN = 0.03;
    private static final double UNCURED = 0.7;
    private static final double INHERENT_MAX = 0.5;
    private static final double RAISE = 1.25;

    private long windowStart = -1;
    private int packets;
    private int lost;
    private double inherent;
    private double lossAtCut = -1;
    private double boundBps = Double.MAX_VALUE;
    private double fraction;
    private boolean queued;

    void add(boolean received) {
        packets++;
        if (!received) {
            lost++;
        }
    }

    /**
     * Closes the window when it is long enough; {@code targetBps} is what the sender was allowed meanwhile. What is
     * lost while packets queue was probably lost because they do, so it says nothing about the path.
     */
    void update(long nowMicros, long targetBps, boolean queueing) {
        queued |= queueing;
        if (windowStart < 0) {
            windowStart = nowMicros;
        }
        if (nowMicros - windowStart < WINDOW_MICROS || packets < WINDOW_PACKETS) {
            return;
        }
        fraction = (double) lost / packets;
        double noise = 3 * Math.sqrt(fraction * (1 - fraction) / packets);
        if (fraction > inherent + MARGIN + noise) {
            onExcess(targetBps);
        } else {
            lossAtCut = -1;
            inherent = Math.clamp(inherent + 0.1 * (fraction - inherent), 0, INHERENT_MAX);
            boundBps = boundBps > 1e9 ? Double.MAX_VALUE : boundBps * RAISE;
        }
        windowStart = nowMicros;
        queued = queueing;
        packets = 0;
        lost = 0;
    }

    private void onExcess(long targetBps) {
        if (!queued && lossAtCut >= 0 && fraction >= UNCURED * lossAtCut) {
            inherent = Math.min(INHERENT_MAX, fraction);
            lossAtCut = -1;
            boundBps = Math.max(boundBps, (double) targetBps) * RAISE;
            return;
        }
        lossAtCut = fraction;
        boundBps = Math.min(boundBps, (double) targetBps) * (1 - fraction) / (1 - inherent);
    }

    double boundBps() {
        return boundBps;
    }

    /** Loss of the last window, 0 to 1. */
    double fraction() {
        return fraction;
    }

    /** How much of the loss does not depend on the rate, 0 to 1. */
    double inherent() {
        return inherent;
    }
}
