package io.parley.media.sfu.rate;

import java.util.Random;

/** A bottleneck in virtual time: a rate, a drop-tail queue, one-way delay, jitter without reordering, random loss. */
public final class SimulatedLink {
    final Random random;
    public double bps;
    public double loss;
    long delayMicros = 30_000;
    long jitterMicros = 2_000;
    long queueMaxMicros = 500_000;
    /** What passes at once after a pause: links of this kind are shaped by token buckets. */
    double burstBytes;

    private double freeAtMicros;
    private long lastArrivalMicros;

    public SimulatedLink(Random random, double bps) {
        this.random = random;
        this.bps = bps;
    }

    /** When the packet arrives, or -1 when it is lost. */
    public long carry(int bytes, long nowMicros) {
        if (queueMicros(nowMicros) > queueMaxMicros) {
            return -1;
        }
        freeAtMicros = Math.max(freeAtMicros, nowMicros - burstBytes * 8e6 / bps) + bytes * 8e6 / bps;
        if (random.nextDouble() < loss) {
            return -1;
        }
        long jitter = (long) (random.nextDouble() * jitterMicros);
        long leaves = Math.max(nowMicros, (long) freeAtMicros);
        lastArrivalMicros = Math.max(lastArrivalMicros, leaves + delayMicros + jitter);
        return lastArrivalMicros;
    }

    public long queueMicros(long nowMicros) {
        return (long) Math.max(0, freeAtMicros - nowMicros);
    }
}
