package io.parley.media.sfu.rate;

/**
 * How fast one receiver may be sent to. Feed it every packet sent and all feedback; ask it for the target, the pace and
 * the probe to send. Transport-wide feedback drives delay, loss and probes; where the receiver has none, REMB and
 * receiver reports do. Times are microseconds of one monotonic clock, rates bits a second. One owner, no allocation.
 */
public final class CongestionController {
    private static final double PACKET_BITS = 9_600;
    private static final double PACE = 2.5;
    private static final long QUEUE_FREE_MICROS = 100_000;
    private static final long QUEUE_DRAINED_MICROS = 150_000;
    private static final long QUEUE_LONG_MICROS = 200_000;
    private static final long QUEUE_SEEN_MICROS = 40_000;
    private static final long QUEUE_SUSPECTED_MICROS = 20_000;
    private static final long STANDING_MICROS = 1_000_000;
    private static final double DRAIN_PER_SECOND = 2.5;
    private static final double DRAIN_FLOOR = 0.4;
    private static final long SILENCE_MICROS = 1_000_000;
    private static final long LIMITED_WINDOW_MICROS = 500_000;
    private static final double LIMITED_BELOW = 0.65;
    private static final long PROBE_AFTER_DROP_MICROS = 2_000_000;
    private static final double REPORT_HIGH_LOSS = 0.1;
    private static final double REPORT_LOW_LOSS = 0.02;

    private final RateLimits limits;
    private final SentHistory history = new SentHistory();
    private final DelayEstimator delay = new DelayEstimator();
    private final AckedBitrate acked = new AckedBitrate();
    private final LossEstimator loss = new LossEstimator();
    private final Prober prober = new Prober();
    private final RateControl rate;
    private long wantedBps;
    private long rembBps = Long.MAX_VALUE;
    private double reportedLoss;
    private long rttMicros = 100_000;
    private boolean hasFeedback;
    private boolean started;
    private long lastFeedbackMicros;
    private long lastSentMicros;
    /** When the first packet left that no feedback followed. */
    private long unansweredMicros;

    private long newestAckedSentMicros;
    private long windowStartMicros;
    private long windowBytes;
    private boolean limited;

    public CongestionController(RateLimits limits) {
        this.limits = limits;
        rate = new RateControl(limits);
        wantedBps = limits.maxBps();
    }

    /** What the receiver would be sent with unlimited bandwidth: probes search no further. */
    public void setWanted(long bps) {
        wantedBps = limits.clamp((double) bps);
    }

    /** A packet left. {@code sequence} is transport-wide; {@code cluster} is {@link #probeCluster} or 0 for none. */
    public void onSent(int sequence, int bytes, int cluster, long nowMicros) {
        if (!started) {
            started = true;
            windowStartMicros = nowMicros;
            lastFeedbackMicros = nowMicros;
            if (cluster == 0) {
                probeFirst(nowMicros);
            }
        }
        // What else leaves while a probe does shares the link with it, so it counts: as media, marked by the sign.
        int marked = cluster != 0 || !prober.isDue() ? cluster : -prober.cluster();
        history.add(sequence, nowMicros, bytes, marked);
        prober.onSent(Math.abs(marked), bytes);
        windowBytes += bytes;
        if (lastSentMicros <= lastFeedbackMicros) {
            unansweredMicros = nowMicros;
        }
        lastSentMicros = nowMicros;
    }

    /**
     * One packet of a transport-wide feedback; call for each in order, then {@link #onFeedbackEnd}.
     *
     * @param arrivalMicros by the receiver's clock, of any epoch; unused when not received
     */
    public void onFeedback(int sequence, boolean received, long arrivalMicros) {
        int index = history.find(sequence);
        if (index < 0) {
            return;
        }
        loss.add(received);
        if (!received) {
            return; // stays findable: a later feedback may say that it arrived after all
        }
        long sent = history.sentMicros(index);
        int bytes = history.bytes(index);
        int marked = history.cluster(index);
        if (marked <= 0) {
            delay.onPacket(sent, arrivalMicros);
        }
        acked.add(arrivalMicros, bytes);
        prober.onReceived(Math.abs(marked), bytes, sent, arrivalMicros);
        newestAckedSentMicros = Math.max(newestAckedSentMicros, sent);
        history.take(index);
    }

    /** The feedback is complete: draws the conclusions. */
    public void onFeedbackEnd(long nowMicros) {
        hasFeedback = true;
        lastFeedbackMicros = nowMicros;
        if (newestAckedSentMicros > 0) {
            rttMicros += (nowMicros - newestAckedSentMicros - rttMicros) / 8;
        }
        long before = rate.lastDecreaseMicros();
        rate.update(usage(nowMicros), carriedBps(), limited, rttMicros, nowMicros);
        if (rate.lastDecreaseMicros() != before) {
            prober.postpone(nowMicros + PROBE_AFTER_DROP_MICROS);
        }
        loss.update(nowMicros, rate.targetBps(), delay.queueMicros() > QUEUE_FREE_MICROS);
        if (loss.boundBps() < rate.targetBps()) {
            rate.set(loss.boundBps());
        }
        if (prober.finish()) {
            onProbeResult(nowMicros);
        }
    }

    /** REMB (draft-alvestrand-rmcat-remb): the receiver's own estimate, an upper bound. */
    public void onRemb(long bps) {
        rembBps = Math.max(limits.minBps(), bps);
        if (!hasFeedback && (bps < rate.targetBps() || reportedLoss <= REPORT_HIGH_LOSS)) {
            rate.set((double) bps);
        }
    }

    /** A receiver report: {@code fraction} lost, 0 to 1, decides only without transport-wide feedback. */
    public void onLossReport(double fraction, long roundTripMicros) {
        if (roundTripMicros > 0) {
            rttMicros += (roundTripMicros - rttMicros) / 8;
        }
        reportedLoss = fraction;
        if (!hasFeedback && fraction > REPORT_HIGH_LOSS) {
            rate.set(rate.targetBps() * (1 - 0.5 * fraction));
        } else if (!hasFeedback && fraction < REPORT_LOW_LOSS && rembBps == Long.MAX_VALUE) {
            rate.set(Math.min((double) wantedBps, rate.targetBps() * 1.08));
        }
    }

    /** Call every 5 to 50 ms. */
    public void tick(long nowMicros) {
        if (!started) {
            waitForTheFirst(nowMicros);
            return;
        }
        if (nowMicros - windowStartMicros >= LIMITED_WINDOW_MICROS) {
            double sentBps = windowBytes * 8e6 / (nowMicros - windowStartMicros);
            limited = sentBps < LIMITED_BELOW * rate.targetBps();
            windowBytes = 0;
            windowStartMicros = nowMicros;
        }
        boolean unanswered = hasFeedback && lastSentMicros > lastFeedbackMicros;
        if (unanswered && nowMicros - unansweredMicros > SILENCE_MICROS) {
            rate.set(rate.targetBps() / 2.0); // the path, or its way back, is broken
            unansweredMicros = nowMicros;
        }
        boolean mayProbe = hasFeedback && delay.queueMicros() < QUEUE_FREE_MICROS;
        prober.tick(rate.targetBps(), mayProbe ? wantedBps : 0, limited, nowMicros);
    }

    /**
     * Where all that is wanted is above the first target, nothing would ever be sent, and so nothing learnt: the first
     * probe then goes out before any media.
     */
    private void waitForTheFirst(long nowMicros) {
        prober.tick(rate.targetBps(), 0, false, nowMicros);
        if (wantedBps > rate.targetBps() && !prober.isDue()) {
            probeFirst(nowMicros);
        }
    }

    private void probeFirst(long nowMicros) {
        prober.start(Math.min(3 * limits.startBps(), limits.maxBps()), nowMicros);
    }

    /** What media, retransmissions and padding together may use now; lower while a long queue drains. */
    public long targetBps() {
        double drain = 1 - DRAIN_PER_SECOND * Math.max(0, delay.queueMicros() - QUEUE_DRAINED_MICROS) / 1e6;
        return Math.min(limits.clamp(rate.targetBps() * Math.max(DRAIN_FLOOR, drain)), rembBps);
    }

    /** How fast the pacer may empty its queue. */
    public long pacingBps() {
        return (long) (PACE * targetBps());
    }

    /**
     * Whether a probe waits to be sent, at {@link #probeBps}, {@link #probeBytesLeft} bytes marked with its cluster.
     */
    public boolean isProbeDue() {
        return prober.isDue();
    }

    public int probeCluster() {
        return prober.cluster();
    }

    public long probeBps() {
        return prober.rateBps();
    }

    public int probeBytesLeft() {
        return prober.bytesLeft();
    }

    public boolean isApplicationLimited() {
        return limited;
    }

    public long rttMicros() {
        return rttMicros;
    }

    public long queueMicros() {
        return delay.queueMicros();
    }

    /** Bits a second that arrived in the last half second, 0 when too little is known. */
    public long ackedBps() {
        return acked.bps();
    }

    /** Loss of the last window, 0 to 1. */
    public double lossFraction() {
        return loss.fraction();
    }

    /** The part of the loss that a lower rate does not cure, 0 to 1. */
    public double inherentLoss() {
        return loss.inherent();
    }

    /** What arrives, and what the path loses at any rate; over a long queue only what arrives, so that it drains. */
    private long carriedBps() {
        boolean queueing = delay.queueMicros() > QUEUE_LONG_MICROS;
        long arriving = Math.max(acked.bps(), acked.recentBps());
        return queueing ? arriving : (long) (arriving / (1 - loss.inherent()));
    }

    /**
     * A rising delay over next to no queue is jitter or our own probe. Over a small queue it is no reason to send less,
     * but none to send more either until it is clear. On a slow link a packet or two are no queue yet. A long queue is
     * too much also while it does not grow.
     */
    private Usage usage(long nowMicros) {
        Usage usage = delay.usage();
        if (usage == Usage.NORMAL && delay.queueMicros() >= QUEUE_FREE_MICROS) {
            boolean stays = delay.queueMicros() >= QUEUE_DRAINED_MICROS
                    && nowMicros - rate.lastDecreaseMicros() > STANDING_MICROS;
            return stays ? Usage.OVER : Usage.UNDER;
        }
        double packetMicros = Math.min(QUEUE_FREE_MICROS, PACKET_BITS * 1e6 / rate.targetBps());
        if (usage != Usage.OVER || delay.queueMicros() >= Math.max(QUEUE_SEEN_MICROS, 2.5 * packetMicros)) {
            return usage;
        }
        boolean suspected = delay.queueMicros() >= Math.max(QUEUE_SUSPECTED_MICROS, 1.5 * packetMicros);
        return suspected ? Usage.UNDER : Usage.NORMAL;
    }

    private void onProbeResult(long nowMicros) {
        if (usage(nowMicros) != Usage.OVER) {
            rate.raiseTo(Math.min(prober.resultBps() / (1 - loss.inherent()), wantedBps * 1.25));
        }
        prober.goOn(wantedBps, nowMicros);
    }
}
