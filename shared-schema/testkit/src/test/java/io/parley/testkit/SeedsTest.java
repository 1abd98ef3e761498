package io.parley.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SeedsTest {
    @Test
    void aRunHasFixedSeedsAndFreshOnes() {
        long[] first = Seeds.seeds(null, null).toArray();
        long[] second = Seeds.seeds(null, null).toArray();
        assertArrayEquals(Arrays.copyOf(first, 8), Arrays.copyOf(second, 8));
        assertTrue(first[8] != second[8] && first[8] > 8);
    }

    @Test
    void theEnvironmentReplaysOneOrDrawsMore() {
        assertArrayEquals(new long[] {17}, Seeds.seeds("17", "500").toArray());
        assertEquals(508, Seeds.seeds(null, "500").count());
    }

    @Test
    void theSameSeedGivesTheSameChance() {
        var one = new SeededRandomness(5);
        var two = new SeededRandomness(5);
        for (int step = 0; step < 100; step++) {
            assertEquals(one.below(1_000), two.below(1_000));
        }
        assertEquals(one.split().between(1, 1_000_000), two.split().between(1, 1_000_000));
        assertEquals(3, one.between(3, 3));
    }

    @Test
    void theManualClockMovesOnlyWhenTold() {
        var clock = new ManualClock();
        clock.advance(Duration.ofMillis(1_500)).jumpWall(Duration.ofSeconds(-10));
        assertEquals(1_500_000_000L, clock.monoNanos());
        assertEquals(ManualClock.START_WALL_MILLIS - 8_500, clock.wallMillis());
        assertThrows(IllegalArgumentException.class, () -> clock.advanceMillis(-1));
    }
}
