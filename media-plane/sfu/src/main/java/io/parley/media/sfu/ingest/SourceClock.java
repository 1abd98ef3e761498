package io.parley.media.sfu.ingest;

/**
 * When a publisher's RTP timestamp was captured, on our clock: from its sender reports once there is one, else from
 * arrival. One owner, allocates nothing.
 */
public final class SourceClock {
    private static final double NTP_UNITS_PER_NANO = 4.294967296;

    private final int clockRate;
    private boolean reported;
    private long ntp;
    private int middle;
    private int reportTimestamp;
    private long reportNanos;
    private boolean started;
    private int firstTimestamp;
    private long firstNanos;

    SourceClock(int clockRate) {
        this.clockRate = clockRate;
    }

    void onPacket(int timestamp, long nowNanos) {
        if (!started) {
            started = true;
            firstTimestamp = timestamp;
            firstNanos = nowNanos;
        }
    }

    void onReport(long reportNtp, int rtpTimestamp, long nowNanos) {
        reported = true;
        ntp = reportNtp;
        middle = (int) (reportNtp >>> 16);
        reportTimestamp = rtpTimestamp;
        reportNanos = nowNanos;
    }

    boolean hasReport() {
        return reported;
    }

    /** LSR of a report block about this source. */
    int middle() {
        return middle;
    }

    /** When the last sender report came. */
    long reportNanos() {
        return reportNanos;
    }

    /** Nanoseconds of the publisher's clock at {@code timestamp}; comparable within one publisher. */
    private long captureNanos(int timestamp) {
        int ticks = timestamp - reportTimestamp; // over the wrap
        return (long) (ntp / NTP_UNITS_PER_NANO) + ticks * 1_000_000_000L / clockRate;
    }

    /** How many ticks later {@code timestamp} was captured than {@code otherTimestamp} of another of its encodings. */
    public int ticksAfter(int timestamp, SourceClock other, int otherTimestamp, long fallbackNanos) {
        long nanos = reported && other.reported
                ? captureNanos(timestamp) - other.captureNanos(otherTimestamp)
                : fallbackNanos;
        return (int) (nanos * clockRate / 1_000_000_000);
    }

    /** The publisher's timestamp of this moment. */
    public int timestampAt(long nowNanos) {
        int timestamp = reported ? reportTimestamp : firstTimestamp;
        long since = nowNanos - (reported ? reportNanos : firstNanos);
        return timestamp + (int) (since * clockRate / 1_000_000_000);
    }
}
