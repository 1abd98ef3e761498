package io.parley.media.sfu.rate;

/**
 * Additive increase, multiplicative decrease by the delay's verdict. After the first decrease it knows about where the
 * link's capacity lies and nears it in small steps; far above or below, it forgets. Numbers: libwebrtc (BSD licence)
 * aimd_rate_control: beta 0.85, 8 % a second, capacity smoothing 0.05, headroom 1.5 over what arrives.
 */
final class RateControl {
    private static final double BETA = 0.85;
    private static final double MULTIPLICATIVE_PER_SECOND = 1.08;
    private static final double HEADROOM = 1.5;
    private static final int PACKET_BITS = 1_200 * 8;
    private static final long DECREASE_PAUSE_MICROS = 100_000;
    private static final long DECREASE_AGAIN_MICROS = 1_000_000;

    private final RateLimits limits;
    private double targetBps;
    private double capacityBps;
    private double capacityDeviation = 0.4;
    private long lastUpdateMicros = -1;
    private long lastDecreaseMicros = Long.MIN_VALUE / 2;

    RateControl(RateLimits limits) {
        this.limits = limits;
        targetBps = limits.startBps();
    }

    long targetBps() {
        return limits.clamp(targetBps);
    }

    long lastDecreaseMicros() {
        return lastDecreaseMicros;
    }

    /** Takes a measured rate as it is: from a probe, or a bound from elsewhere. */
    void set(double bps) {
        targetBps = limits.clamp(bps);
    }

    void raiseTo(double bps) {
        if (bps > targetBps) {
            set(bps);
            if (bps > capacityBps * (1 + 3 * capacityDeviation)) {
                capacityBps = 0;
            }
        }
    }

    /** One verdict; {@code limited} means the application sent less than allowed, so nothing new is known. */
    void update(Usage usage, long ackedBps, boolean limited, long rttMicros, long nowMicros) {
        double seconds = lastUpdateMicros < 0 ? 0 : Math.min(1, (nowMicros - lastUpdateMicros) / 1e6);
        lastUpdateMicros = nowMicros;
        switch (usage) {
            case OVER -> decrease(ackedBps, rttMicros, nowMicros);
            case NORMAL -> increase(ackedBps, limited, rttMicros, seconds);
            case UNDER -> {} // the queue drains; raising now would fill it again
        }
    }

    private void decrease(long ackedBps, long rttMicros, long nowMicros) {
        long pause = Math.min(rttMicros, 2 * DECREASE_PAUSE_MICROS) + DECREASE_PAUSE_MICROS;
        if (nowMicros - lastDecreaseMicros < pause) {
            return;
        }
        boolean again = nowMicros - lastDecreaseMicros < DECREASE_AGAIN_MICROS;
        lastDecreaseMicros = nowMicros;
        if (ackedBps > 0) {
            learnCapacity(ackedBps);
        }
        // One measurement of a slow link is rough: the first cut leans on what was learnt, those behind it do not.
        double known = again ? ackedBps : (Math.max(capacityBps, (double) ackedBps) + ackedBps) / 2;
        double base = ackedBps > 0 ? known : targetBps;
        targetBps = limits.clamp(Math.min(targetBps, BETA * base));
    }

    private void learnCapacity(long ackedBps) {
        if (capacityBps == 0 || Math.abs(ackedBps - capacityBps) > 3 * capacityDeviation * capacityBps) {
            capacityBps = ackedBps;
            capacityDeviation = 0.1;
            return;
        }
        double error = (ackedBps - capacityBps) / capacityBps;
        capacityBps += 0.05 * (ackedBps - capacityBps);
        capacityDeviation = Math.clamp(capacityDeviation + 0.05 * (Math.abs(error) - capacityDeviation), 0.02, 0.4);
    }

    private void increase(long ackedBps, boolean limited, long rttMicros, double seconds) {
        if (limited) {
            return;
        }
        double before = targetBps;
        if (capacityBps > 0 && targetBps < capacityBps * (1 + 3 * capacityDeviation)) {
            double responseSeconds = 0.1 + rttMicros / 1e6;
            targetBps += Math.max(4_000, PACKET_BITS / responseSeconds) * seconds;
        } else {
            capacityBps = 0;
            targetBps *= Math.pow(MULTIPLICATIVE_PER_SECOND, seconds);
            targetBps += 1_000 * seconds;
        }
        if (ackedBps > 0) {
            targetBps = Math.min(targetBps, Math.max(before, HEADROOM * ackedBps + 10_000));
        }
        targetBps = limits.clamp(targetBps);
    }
}
