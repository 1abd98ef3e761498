package io.parley.gateway.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.schema.Limits;
import io.parley.schema.StreamId;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.Push;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LocalStreamTest {
    private final LocalStream stream = new LocalStream(new StreamId("t", "ch:1"));

    private static StreamEvent event(String epoch, long offset) {
        return StreamEvent.of(
                Push.newBuilder().setEpoch(epoch).setOffset(offset).build(), 0);
    }

    private static Position at(long offset) {
        return Position.newBuilder().setEpoch("e").setOffset(offset).build();
    }

    private List<Long> take(long offset) {
        return offsets(stream.take(event("e", offset)));
    }

    private static List<Long> offsets(List<StreamEvent> events) {
        return events.stream().map(StreamEvent::offset).toList();
    }

    @Test
    void disorderAndRepetitionBecomeASequence() {
        stream.place(at(0));
        assertEquals(List.of(), take(3));
        assertEquals(List.of(1L), take(1));
        assertEquals(List.of(), take(1));
        assertTrue(stream.behind());
        assertEquals(List.of(2L, 3L), take(2));
        assertEquals(List.of(), take(3));
        assertFalse(stream.behind());
        assertEquals(at(3), stream.position());
    }

    @Test
    void whatCameBeforeThePlaceWasKnownIsNotForgotten() {
        take(5);
        take(7);
        take(6);
        stream.take(event("older", 8));
        assertEquals(List.of(6L, 7L), offsets(stream.place(at(5))));
        assertFalse(stream.behind());
    }

    @Test
    void aHeadFromElsewhereShowsWhatIsMissing() {
        assertFalse(stream.heardOf(9), "nobody stands anywhere yet");
        stream.place(at(2));
        assertFalse(stream.heardOf(2));
        assertTrue(stream.heardOf(5));
        assertFalse(stream.heardOf(5), "no news");
        assertEquals(3, stream.missing());
    }

    @Test
    void eventsBehindAHoleAreBounded_andTheNearestAreKept() {
        stream.place(at(0));
        for (long offset = 2; offset < Limits.HELD_EVENTS_MAX + 100; offset++) {
            take(offset);
        }
        assertEquals(Limits.HELD_EVENTS_MAX + 1, take(1).size());
        assertTrue(stream.behind(), "those that were not kept are known to exist");
    }

    @Test
    void aPositionFromBeforeTheBeginningIsNotCovered() {
        assertTrue(stream.covers(at(3), -1));
        stream.place(at(10));
        take(11);
        assertFalse(stream.covers(at(9), -1), "10 never passed through this node");
        assertTrue(stream.covers(at(10), -1));
        assertFalse(stream.covers(at(10), 11), "11 passed before the subscription collected");
    }
}
