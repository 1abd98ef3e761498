package io.parley.media.sfu.room;

/** The time of day of a monotonic clock, as sender reports say it: 32.32 fixed point seconds since 1900. */
record NtpTime(long wallMillis, long monoNanos) {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    long ntp(long nowNanos) {
        long nanos = wallMillis % 1_000 * 1_000_000 + (nowNanos - monoNanos);
        long seconds = wallMillis / 1_000 + SECONDS_1900_TO_1970 + Math.floorDiv(nanos, NANOS_PER_SECOND);
        long rest = Math.floorMod(nanos, NANOS_PER_SECOND);
        return seconds << 32 | (rest << 32) / NANOS_PER_SECOND;
    }
}
