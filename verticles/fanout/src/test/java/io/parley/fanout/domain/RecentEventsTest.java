package io.parley.fanout.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.schema.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RecentEventsTest {
    private static final StreamId STREAM = new StreamId("t", "ch:1");
    private static final StreamId OTHER = new StreamId("t", "ch:2");

    private final RecentEvents<Long> recent =
            new RecentEvents<>(new RecentBounds(5, 10_000, 20_000, Duration.ofSeconds(10)));

    private void add(StreamId stream, long... offsets) {
        LongStream.of(offsets).forEach(offset -> recent.add(stream, "e", offset, offset, 100, 0));
    }

    private Optional<List<Long>> since(long offset) {
        return recent.since(STREAM, "e", offset, 100).map(RecentEvents.Slice::events);
    }

    @Test
    void answersWithoutAHoleWhateverTheOrderOfArrival() {
        add(STREAM, 3, 1, 2, 2);
        assertEquals(Optional.of(List.of(2L, 3L)), since(1));
        assertEquals(Optional.of(List.of()), since(3));
        add(STREAM, 5);
        assertEquals(Optional.empty(), since(1), "4 is missing");
        assertEquals(Optional.of(List.of(5L)), since(4));
    }

    @Test
    void knowsNothingAheadOfItselfOrOfAnotherEpochOrStream() {
        add(STREAM, 1, 2);
        assertEquals(Optional.empty(), since(3));
        assertEquals(Optional.empty(), recent.since(STREAM, "f", 1, 100));
        assertEquals(Optional.empty(), recent.since(OTHER, "e", 1, 100));
        assertEquals(Optional.empty(), recent.since(STREAM, "e", 0, 1), "more than wanted");
        recent.add(STREAM, "f", 1, 1L, 100, 0);
        assertEquals(Optional.empty(), since(1), "the stream began anew");
    }

    @Test
    void keepsTheNewestEventsOfAStream() {
        add(STREAM, 1, 2, 3, 4, 5, 6, 7);
        assertEquals(Optional.empty(), since(1));
        assertEquals(Optional.of(List.of(3L, 4L, 5L, 6L, 7L)), since(2));
    }

    @Test
    void forgetsByAge() {
        add(STREAM, 1);
        recent.expire(10_000);
        assertEquals(1, recent.streams());
        recent.expire(10_001);
        assertEquals(0, recent.streams());
        assertEquals(0, recent.bytes());
    }

    @Test
    void aStreamAndAllStreamsAreBoundedInBytes() {
        recent.add(STREAM, "e", 1, 1L, 9_000, 0);
        recent.add(STREAM, "e", 2, 2L, 9_000, 0);
        assertEquals(Optional.empty(), since(0), "the first no longer fits");
        recent.add(OTHER, "e", 1, 1L, 9_000, 0);
        recent.add(new StreamId("t", "ch:3"), "e", 1, 1L, 9_000, 0);
        assertTrue(recent.bytes() <= 20_000);
        assertEquals(Optional.empty(), since(1), "the stream that was quiet longest went first");
    }

    @Test
    void tellsWhoMovedLately() {
        recent.add(STREAM, "e", 7, 7L, 1, 100);
        recent.add(OTHER, "e", 3, 3L, 1, 200);
        assertEquals(List.of(new RecentEvents.Head(OTHER, "e", 3)), recent.movedSince(150, 10));
        assertEquals(2, recent.movedSince(100, 10).size());
        assertEquals(1, recent.movedSince(0, 1).size());
    }
}
