package io.parley.media.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.media.sfu.room.Shedding;
import org.junit.jupiter.api.Test;

/** When a node that has too much to do holds video back, and when it stops. */
final class OverloadTest {
    private final Overload overload = new Overload();

    @Test
    void aShortPeakIsNoOverload() {
        assertEquals(Shedding.NONE, after(1, 0.99));
        assertEquals(Shedding.NONE, after(1, 0.5));
        assertEquals(Shedding.NONE, after(1, 0.99));
    }

    @Test
    void overloadThatStaysHoldsBackMoreAndMore_butNeverMoreThanVideo() {
        assertEquals(Shedding.HIGH_LAYERS, after(2, 0.95));
        assertEquals(Shedding.ALL_BUT_LOWEST, after(2, 0.95));
        assertEquals(Shedding.VIDEO, after(2, 0.95));
        assertEquals(Shedding.VIDEO, after(20, 1));
    }

    @Test
    void itComesBackSlowly_stepByStep() {
        after(4, 0.95);
        assertEquals(Shedding.ALL_BUT_LOWEST, after(4, 0.3));
        assertEquals(Shedding.HIGH_LAYERS, after(1, 0.3));
        assertEquals(Shedding.HIGH_LAYERS, after(50, 0.8)); // between the two marks nothing changes
        assertEquals(Shedding.NONE, after(5, 0.3));
    }

    private Shedding after(int seconds, double busiest) {
        for (int i = 1; i < seconds; i++) {
            overload.after(busiest);
        }
        return overload.after(busiest);
    }
}
