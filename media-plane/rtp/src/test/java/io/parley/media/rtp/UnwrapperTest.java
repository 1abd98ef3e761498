package io.parley.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every place where a sequence number or a timestamp can wrap (RFC 3550 section A.1). */
final class UnwrapperTest {
    private static final int ROUND = 1 << 16;

    @Test
    void everyStepFromEveryNumberIsPlaced() {
        // All 2^16 starts; steps around the wrap, around half way, and one of each size class.
        int[] steps = {0, 1, 2, 3, 17, 255, 256, 4_095, 32_766, 32_767, -1, -2, -3, -255, -32_767, -32_768};
        for (int start = 0; start < ROUND; start++) {
            for (int step : steps) {
                var line = new SequenceUnwrapper();
                line.unwrap(start);
                assertEquals(start + step, line.unwrap(start + step & 0xffff));
            }
        }
    }

    @ParameterizedTest(name = "from {0}")
    @ValueSource(ints = {0, 1, 32_767, 32_768, 65_534, 65_535})
    void everyOfThe65536StepsFromOneNumberIsPlaced(int start) {
        for (int step = -32_768; step <= 32_767; step++) {
            var line = new SequenceUnwrapper();
            line.unwrap(start);
            assertEquals(start + step, line.peek(start + step & 0xffff));
            assertEquals(start + step, line.unwrap(start + step & 0xffff));
            assertEquals(Math.max(start, start + step), line.highest());
        }
    }

    @Test
    void aWalkOfThreeRoundsNeverJumps() {
        var line = new SequenceUnwrapper();
        for (long place = 65_000; place < 65_000 + 3 * ROUND; place++) {
            assertEquals(place, line.unwrap((int) (place & 0xffff)));
        }
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void lossReorderingAndJumpsAreFollowed(long seed) {
        var random = new Random(seed);
        var line = new SequenceUnwrapper();
        long highest = random.nextInt(ROUND);
        line.unwrap((int) highest);
        for (int i = 0; i < 20_000; i++) {
            boolean late = random.nextInt(4) == 0;
            long place =
                    late ? highest - random.nextInt(32_769) : highest + 1 + random.nextInt(i % 7 == 0 ? 32_767 : 3);
            assertEquals(place, line.unwrap((int) (place & 0xffff)));
            highest = Math.max(highest, place);
            assertEquals(highest, line.highest());
        }
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void timestampsAreFollowedOverManyWraps(long seed) {
        var random = new Random(seed);
        var line = new TimestampUnwrapper();
        long highest = Integer.toUnsignedLong(random.nextInt());
        line.unwrap((int) highest);
        for (int i = 0; i < 20_000; i++) {
            long place = random.nextInt(4) == 0
                    ? highest - random.nextLong(1L << 31)
                    : highest + random.nextLong(i % 7 == 0 ? 1L << 31 : 9_000);
            assertEquals(place, line.unwrap((int) place));
            highest = Math.max(highest, place);
        }
        assertTrue(highest > 1L << 36);
    }

    @Test
    void everyStepOfATimestampAroundEveryWrapIsPlaced() {
        long[] starts = {0, 1, (1L << 31) - 1, 1L << 31, (1L << 32) - 2, (1L << 32) - 1};
        long[] steps = {0, 1, 3_000, (1L << 31) - 1, -1, -3_000, -(1L << 31)};
        for (long start : starts) {
            for (long step : steps) {
                var line = new TimestampUnwrapper();
                line.unwrap((int) start);
                assertEquals(start + step, line.unwrap((int) (start + step)));
            }
        }
    }

    @Test
    void distancesAreTheShorterWayAround() {
        IntStream.range(0, ROUND).forEach(from -> {
            assertEquals(1, Sequences.distance(from, Sequences.plus(from, 1)));
            assertEquals(-1, Sequences.distance(from, Sequences.plus(from, -1)));
            assertEquals(-32_768, Sequences.distance(from, Sequences.plus(from, 32_768)));
            assertTrue(Sequences.isNewer(Sequences.plus(from, 32_767), from));
            assertTrue(!Sequences.isNewer(Sequences.plus(from, 32_768), from));
        });
    }

    @Test
    void aResetStartsAnew() {
        var line = new SequenceUnwrapper();
        line.unwrap(65_535);
        line.unwrap(0);
        assertEquals(ROUND, line.highest());
        line.reset();
        assertEquals(5, line.unwrap(5));
    }
}
