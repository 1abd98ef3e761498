package io.parley.media.sfu.rate;

/**
 * Compares how packets were spaced when sent and when they arrived, in groups of 5 ms so that a frame counts once, and
 * keeps how much longer than the shortest a packet is under way now. Clocks may differ by any constant. Numbers:
 * libwebrtc (BSD licence) inter_arrival_delta.
 */
final class DelayEstimator {
    private static final long GROUP_MICROS = 5_000;
    private static final long BURST_MICROS = 100_000;
    private static final long JUMP_MICROS = 3_000_000;
    /** The shortest delay is that of the last one to two windows: clocks drift, and paths change. */
    private static final long BASE_WINDOW_MICROS = 30_000_000;

    /**
     * A queue is what even the luckiest packet of the last one to two windows waited: a receiver that is scheduled late
     * makes many packets late, but never all of them.
     */
    private static final long QUEUE_WINDOW_MICROS = 60_000;

    private final Trendline trendline = new Trendline();
    private boolean started;
    private boolean hasPrevious;
    private long firstSent;
    private long lastSent;
    private long firstArrival;
    private long lastArrival;
    private long previousSent;
    private long previousArrival;
    private long baseDelay = Long.MAX_VALUE;
    private long olderBaseDelay = Long.MAX_VALUE;
    private long baseSinceMicros;
    private long leastDelay = Long.MAX_VALUE;
    private long olderLeastDelay = Long.MAX_VALUE;
    private long leastSinceMicros;

    void onPacket(long sentMicros, long arrivalMicros) {
        measureQueue(arrivalMicros - sentMicros, sentMicros);
        if (started && Math.abs(arrivalMicros - lastArrival - (sentMicros - lastSent)) > JUMP_MICROS) {
            reset();
        }
        if (!started) {
            startGroup(sentMicros, arrivalMicros);
            return;
        }
        if (sentMicros < firstSent) {
            return; // reordered into an older group
        }
        if (sentMicros - firstSent <= GROUP_MICROS || isBurst(sentMicros, arrivalMicros)) {
            lastSent = Math.max(lastSent, sentMicros);
            lastArrival = Math.max(lastArrival, arrivalMicros);
            return;
        }
        if (hasPrevious) {
            double sent = (lastSent - previousSent) / 1e3;
            trendline.add(sent, (lastArrival - previousArrival) / 1e3, lastArrival);
        }
        previousSent = lastSent;
        previousArrival = lastArrival;
        hasPrevious = true;
        startGroup(sentMicros, arrivalMicros);
    }

    Usage usage() {
        return trendline.usage();
    }

    /** Estimated time packets stand in the path's queues now. */
    long queueMicros() {
        long least = Math.min(leastDelay, olderLeastDelay);
        return least == Long.MAX_VALUE ? 0 : least - Math.min(baseDelay, olderBaseDelay);
    }

    private void measureQueue(long delay, long nowMicros) {
        if (baseDelay == Long.MAX_VALUE || nowMicros - baseSinceMicros > BASE_WINDOW_MICROS) {
            olderBaseDelay = baseDelay;
            baseDelay = delay;
            baseSinceMicros = nowMicros;
        }
        baseDelay = Math.min(baseDelay, delay);
        if (nowMicros - leastSinceMicros > QUEUE_WINDOW_MICROS) {
            olderLeastDelay = leastDelay;
            leastDelay = delay;
            leastSinceMicros = nowMicros;
        }
        leastDelay = Math.min(leastDelay, delay);
    }

    private boolean isBurst(long sentMicros, long arrivalMicros) {
        long arrivalDelta = arrivalMicros - lastArrival;
        return arrivalDelta <= GROUP_MICROS
                && arrivalDelta < sentMicros - lastSent
                && arrivalMicros - firstArrival < BURST_MICROS;
    }

    private void startGroup(long sentMicros, long arrivalMicros) {
        started = true;
        firstSent = sentMicros;
        lastSent = sentMicros;
        firstArrival = arrivalMicros;
        lastArrival = arrivalMicros;
    }

    private void reset() {
        started = false;
        hasPrevious = false;
        baseDelay = Long.MAX_VALUE;
        olderBaseDelay = Long.MAX_VALUE;
        leastDelay = Long.MAX_VALUE;
        olderLeastDelay = Long.MAX_VALUE;
        trendline.reset();
    }
}
