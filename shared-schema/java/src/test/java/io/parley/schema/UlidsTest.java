package io.parley.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

final class UlidsTest {
    private long nowMillis = 1_469_918_176_385L;

    @Test
    void theTimeIsWrittenAsTheUlidSpecificationSays() {
        // The example of the specification: 1469918176385 is 01ARYZ6S41.
        assertTrue(ulids((byte) 0, bound -> 0).next().startsWith("01ARYZ6S41"));
        assertEquals(nowMillis, Ulids.wallMillis(new MessageId("m_01ARYZ6S41TSV4RRFFQ69G5FAV").value()));
    }

    @Test
    void allEightyBitsOfChanceAreShown() {
        assertEquals("01ARYZ6S41ZZZZZZZZZZZZZZZZ", ulids((byte) -1, bound -> 0).next());
        assertEquals("01ARYZ6S410000000000000000", ulids((byte) 0, bound -> 0).next());
    }

    @Test
    void eachIsGreaterThanTheOneBeforeWhateverTheClockDoes() {
        var ulids = new Ulids(clock(), new SecureRandomness());
        String before = ulids.next();
        for (int step = 0; step < 10_000; step++) {
            nowMillis += step % 7 - 3;
            String next = ulids.next();
            assertTrue(next.compareTo(before) > 0, next + " after " + before);
            before = next;
        }
    }

    @Test
    void aMillisecondThatIsUsedUpBorrowsFromTheNext() {
        var ulids = ulids((byte) -1, bound -> bound - 1);
        String last = ulids.next();
        String borrowed = ulids.next();
        assertTrue(borrowed.compareTo(last) > 0);
        assertEquals(nowMillis + 1, Ulids.wallMillis(borrowed));
    }

    @Test
    void whatIsNoUlidIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Ulids.wallMillis("short"));
        assertThrows(IllegalArgumentException.class, () -> Ulids.wallMillis("u".repeat(26)));
    }

    private Ulids ulids(byte filling, LongUnaryOperator below) {
        return new Ulids(clock(), new Randomness() {
            @Override
            public long below(long bound) {
                return below.applyAsLong(bound);
            }

            @Override
            public void fill(byte[] bytes) {
                Arrays.fill(bytes, filling);
            }
        });
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public long wallMillis() {
                return nowMillis;
            }

            @Override
            public long monoNanos() {
                return nowMillis * 1_000_000;
            }
        };
    }
}
