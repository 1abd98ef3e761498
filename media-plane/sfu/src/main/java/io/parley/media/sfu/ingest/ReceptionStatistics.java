package io.parley.media.sfu.ingest;

import io.parley.media.rtp.rtcp.RtcpWriter;

/** What a report block says about one source (RFC 3550 section 6.4.1 and appendix A.8). One owner. */
public final class ReceptionStatistics {
    private static final double NANOS_PER_DELAY_UNIT = 1e9 / 65_536;

    private final int clockRate;
    private boolean started;
    private long firstPlace;
    private long highestPlace;
    private long received;
    private long receivedSoFar;
    private long lostBefore;
    private long expectedBefore;
    private long receivedBefore;
    private long lastTransit;
    private double jitter;
    long duplicates;

    ReceptionStatistics(int clockRate) {
        this.clockRate = clockRate;
    }

    void came(long place, int timestamp, long nowNanos) {
        long transit = nowNanos / 1_000 * clockRate / 1_000_000 - timestamp;
        if (!started) {
            started = true;
            firstPlace = place;
            highestPlace = place;
            lastTransit = transit;
        }
        received++;
        if (place > highestPlace) {
            highestPlace = place;
        }
        int difference = Math.abs((int) (transit - lastTransit));
        lastTransit = transit;
        if (difference < clockRate) {
            jitter += (difference - jitter) / 16;
        }
    }

    void restart() {
        lostBefore = lost();
        receivedSoFar += received;
        started = false;
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
    }

    void write(RtcpWriter writer, int ssrc, SourceClock clock, long nowNanos) {
        if (!started) {
            return;
        }
        long expected = highestPlace - firstPlace + 1;
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) (lostNow * 256 / expectedNow);
        if (!writer.block(ssrc, fraction, (int) (expected - received), highestPlace, (long) jitter)) {
            return;
        }
        expectedBefore = expected;
        receivedBefore = received;
        if (clock.hasReport()) {
            writer.blockDelay(clock.middle(), (long) ((nowNanos - clock.reportNanos()) / NANOS_PER_DELAY_UNIT));
        }
    }

    /** Packets that came, restarts of the source included. */
    public long received() {
        return receivedSoFar + received;
    }

    /** Packets that never came, or not in time to count; never below 0. */
    public long lost() {
        long now = started ? Math.max(0, highestPlace - firstPlace + 1 - received) : 0;
        return lostBefore + now;
    }

    public long duplicates() {
        return duplicates;
    }
}
