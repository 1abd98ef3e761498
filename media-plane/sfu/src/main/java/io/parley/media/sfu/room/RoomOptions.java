package io.parley.media.sfu.room;

import io.parley.media.sfu.rate.RateLimits;
import java.util.random.RandomGenerator;

/**
 * What a room is made with.
 *
 * @param wallMillis the time of day at {@code monoNanos}, for the NTP times of sender reports
 * @param monoNanos a moment of the clock by which the room is called
 * @param random for sequence numbers, which must not be guessable
 * @param loudest how many voices are let through at once
 */
public record RoomOptions(
        String id, long wallMillis, long monoNanos, RandomGenerator random, RateLimits rates, int loudest) {
    private static final int LOUDEST = 8;

    public static RoomOptions of(String id, long wallMillis, long monoNanos, RandomGenerator random) {
        return new RoomOptions(id, wallMillis, monoNanos, random, RateLimits.DEFAULT, LOUDEST);
    }
}
