package io.parley.media.sfu.rate;

/**
 * Asks for short bursts above the target and measures what they reach, because a target that is only crept up never
 * finds a link that became ten times wider. One probe at a time: at the start 3 and 6 times the first target, later 2
 * times whenever the receiver would get more if it could, each success asking for the next. Numbers: libwebrtc (BSD
 * licence) probe_controller: 15 ms and 5 packets at least, 3x and 6x at the start, 2x then, 0.7 to go on, 5 s in
 * application-limited periods. One owner.
 */
final class Prober {
    private static final long DURATION_MICROS = 40_000;
    private static final int PACKETS_MIN = 8;
    private static final int PACKET_BYTES = 1_200;
    private static final long RESULT_WAIT_MICROS = 1_000_000;
    private static final long EVERY_MICROS = 2_500_000;
    private static final long LIMITED_EVERY_MICROS = 5_000_000;
    private static final double GO_ON = 0.7;
    private static final double RECEIVED_MIN = 0.6;
    private static final double SATURATED = 0.9;
    private static final double KEEP = 0.95;
    /** Packets whose arrivals are kept: more of one probe say nothing new. */
    private static final int KEPT = 128;

    private static final int HALVES_MIN = 6;

    private int cluster;
    private long rateBps;
    private int bytesWanted;
    private int bytesSent;
    private long startedMicros;
    private boolean active;
    private boolean asked;
    private long nextMicros;
    private final long[] arrivals = new long[KEPT];
    private final long[] departures = new long[KEPT];
    private final int[] sizes = new int[KEPT];
    private int received;
    private int receivedBytes;
    private int firstBytes;
    private int lastBytes;
    private long firstSent;
    private long lastSent;
    private long firstArrival;
    private long lastArrival;
    private double resultBps;

    void start(long bps, long nowMicros) {
        cluster++;
        rateBps = bps;
        bytesWanted = (int) Math.max(PACKETS_MIN * PACKET_BYTES, bps / 8 * DURATION_MICROS / 1_000_000);
        bytesSent = 0;
        received = 0;
        receivedBytes = 0;
        startedMicros = nowMicros;
        active = true;
        asked = true;
    }

    /** Begins a probe when one is due: {@code wantedBps} is what the receiver could use at most. */
    void tick(long targetBps, long wantedBps, boolean limited, long nowMicros) {
        if (active) {
            if (nowMicros - startedMicros > RESULT_WAIT_MICROS) {
                active = false;
                asked = false;
            }
            return;
        }
        if (wantedBps > targetBps * 1.05 && nowMicros >= nextMicros) {
            nextMicros = nowMicros + (limited ? LIMITED_EVERY_MICROS : EVERY_MICROS);
            start(Math.min(2 * targetBps, wantedBps + wantedBps / 4), nowMicros);
        }
    }

    /** The next probe no earlier than this: the path was just found full. */
    void postpone(long untilMicros) {
        nextMicros = Math.max(nextMicros, untilMicros);
    }

    boolean isDue() {
        return asked;
    }

    int cluster() {
        return cluster;
    }

    long rateBps() {
        return rateBps;
    }

    int bytesLeft() {
        return asked ? Math.max(0, bytesWanted - bytesSent) : 0;
    }

    void onSent(int ofCluster, int bytes) {
        if (asked && ofCluster == cluster) {
            bytesSent += bytes;
            asked = bytesSent < bytesWanted;
        }
    }

    void onReceived(int ofCluster, int bytes, long sentMicros, long arrivalMicros) {
        if (!active || ofCluster != cluster) {
            return;
        }
        if (received == 0 || sentMicros < firstSent) {
            firstSent = sentMicros;
        }
        if (received == 0 || arrivalMicros < firstArrival) {
            firstArrival = arrivalMicros;
            firstBytes = bytes;
        }
        if (received == 0 || sentMicros >= lastSent) {
            lastSent = sentMicros;
            lastBytes = bytes;
        }
        lastArrival = received == 0 ? arrivalMicros : Math.max(lastArrival, arrivalMicros);
        if (received < KEPT) {
            arrivals[received] = arrivalMicros;
            departures[received] = sentMicros;
            sizes[received] = bytes;
        }
        received++;
        receivedBytes += bytes;
    }

    /** Ends the probe when enough of it arrived; true once, with {@link #resultBps} what the path carried. */
    boolean finish() {
        if (!active || asked || receivedBytes < RECEIVED_MIN * bytesWanted || received < PACKETS_MIN / 2) {
            return false;
        }
        active = false;
        double sendSeconds = Math.max(1e-3, (lastSent - firstSent) / 1e6);
        double arriveSeconds = Math.max(1e-3, (lastArrival - firstArrival) / 1e6);
        double sendBps = (receivedBytes - lastBytes) * 8 / sendSeconds;
        double arriveBps = Math.min(laterBps(), (receivedBytes - firstBytes) * 8 / arriveSeconds);
        resultBps = arriveBps < SATURATED * sendBps ? KEEP * arriveBps : Math.min(sendBps, arriveBps);
        return true;
    }

    /**
     * How fast the later half arrived, unless it was sent no faster: many links let a first burst through faster than
     * they can go on.
     */
    private double laterBps() {
        int kept = Math.min(KEPT, received);
        if (kept < HALVES_MIN) {
            return Double.MAX_VALUE;
        }
        long bytes = 0;
        for (int i = kept / 2; i < kept; i++) {
            bytes += sizes[i];
        }
        long arriveMicros = Math.max(1_000, arrivals[kept - 1] - arrivals[kept / 2 - 1]);
        long sendMicros = departures[kept - 1] - departures[kept / 2 - 1];
        return sendMicros > SATURATED * arriveMicros ? Double.MAX_VALUE : bytes * 8e6 / arriveMicros;
    }

    double resultBps() {
        return resultBps;
    }

    /** After a success at nearly the rate asked for: twice as much, at once. */
    void goOn(long wantedBps, long nowMicros) {
        if (resultBps > GO_ON * rateBps && resultBps < wantedBps) {
            start((long) Math.min(2 * resultBps, 1.25 * wantedBps), nowMicros);
        }
    }
}
