package io.parley.media.sfu.rate;

import java.util.ArrayDeque;
import java.util.Random;

/** One sender with its controller and one receiver with feedback every 50 ms, over a shared {@link SimulatedLink}. */
final class SimulatedFlow {
    private static final int PACKET_BYTES = 1_200;
    private static final long FEEDBACK_MICROS = 50_000;
    private static final long CLOCK_OFFSET_MICROS = 7_777_777;

    private record Report(int sequence, boolean received, long arrivalMicros) {}

    private record Batch(long atMicros, ArrayDeque<Report> reports) {}

    final CongestionController controller = new CongestionController(RateLimits.DEFAULT);
    final SimulatedLink link;
    final Random random;
    double sourceMaxBps = Double.MAX_VALUE;
    /** How long the receiver's machine does other things now and then: what came meanwhile counts as come then. */
    long stallMicros;

    long deliveredBytes;
    long lastQueueMicros;
    private final ArrayDeque<Report> onTheWay = new ArrayDeque<>();
    private final ArrayDeque<Batch> feedback = new ArrayDeque<>();
    private double mediaCredit;
    private double probeCredit;
    private int sequence = 65_000;
    private long nextFeedbackMicros;
    private long stallFromMicros;
    private long stallToMicros;

    SimulatedFlow(SimulatedLink link, Random random) {
        this.link = link;
        this.random = random;
    }

    /** One millisecond of life. */
    void step(long nowMicros) {
        deliverFeedback(nowMicros);
        controller.tick(nowMicros);
        double bps = Math.min(sourceMaxBps, (double) controller.targetBps());
        mediaCredit += bps / 8e3;
        while (mediaCredit >= PACKET_BYTES) {
            mediaCredit -= PACKET_BYTES;
            probeCredit -= PACKET_BYTES;
            send(nowMicros, 0);
        }
        probeCredit = controller.isProbeDue() ? probeCredit + controller.probeBps() / 8e3 : 0;
        while (probeCredit >= PACKET_BYTES && controller.isProbeDue()) {
            probeCredit -= PACKET_BYTES;
            send(nowMicros, controller.probeCluster());
        }
        collectFeedback(nowMicros);
    }

    private void send(long nowMicros, int cluster) {
        controller.onSent(sequence & 0xffff, PACKET_BYTES, cluster, nowMicros);
        long arrival = noticed(link.carry(PACKET_BYTES, nowMicros));
        onTheWay.add(new Report(sequence & 0xffff, arrival >= 0, arrival >= 0 ? arrival : nowMicros));
        if (arrival >= 0) {
            deliveredBytes += PACKET_BYTES;
        }
        lastQueueMicros = link.queueMicros(nowMicros);
        sequence++;
    }

    /** When the receiver sees what arrived: not while its machine is busy. */
    private long noticed(long arrivalMicros) {
        if (stallMicros == 0 || arrivalMicros < 0) {
            return arrivalMicros;
        }
        if (arrivalMicros > stallToMicros) {
            stallFromMicros = arrivalMicros + (long) (random.nextDouble() * 2 * stallMicros);
            stallToMicros = stallFromMicros + (long) ((0.5 + 0.5 * random.nextDouble()) * stallMicros);
        }
        return arrivalMicros < stallFromMicros ? arrivalMicros : stallToMicros;
    }

    private void collectFeedback(long nowMicros) {
        if (nowMicros < nextFeedbackMicros) {
            return;
        }
        nextFeedbackMicros = nowMicros + FEEDBACK_MICROS;
        var reports = new ArrayDeque<Report>();
        while (!onTheWay.isEmpty() && onTheWay.getFirst().arrivalMicros() <= nowMicros) {
            reports.add(onTheWay.removeFirst());
        }
        boolean anyReceived = reports.stream().anyMatch(Report::received);
        if (anyReceived) {
            feedback.add(new Batch(nowMicros + link.delayMicros, reports));
        } else {
            reports.descendingIterator().forEachRemaining(onTheWay::addFirst); // told with the next that arrives
        }
    }

    private void deliverFeedback(long nowMicros) {
        while (!feedback.isEmpty() && feedback.getFirst().atMicros() <= nowMicros) {
            for (var report : feedback.removeFirst().reports()) {
                // transport-wide feedback counts in ticks of 250 µs
                long ticks = (report.arrivalMicros() + CLOCK_OFFSET_MICROS) / 250;
                controller.onFeedback(report.sequence(), report.received(), ticks * 250);
            }
            controller.onFeedbackEnd(nowMicros);
        }
    }
}
