package io.parley.media.node.control;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.sfu.room.RoomEvents.SlotMapping;
import io.parley.media.sfu.room.SourceKind;
import io.parley.media.transport.PeerState;
import io.parley.schema.v1.Track;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a slow control plane hears: the newest of everything, and never too much. */
final class EventOutboxTest {
    private final EventOutbox outbox = new EventOutbox(() -> {});

    @Test
    void theNewestReplacesWhatWasNotSent_perParticipantAndKind() {
        outbox.onSlots("room", "anna", List.of(slot("ben")));
        outbox.onState("room", "anna", PeerState.CONNECTED, "");
        outbox.onSlots("room", "ben", List.of(slot("anna")));
        outbox.onSlots("room", "anna", List.of(slot("carl")));
        var slots = requireNonNull(outbox.poll());
        assertEquals("anna", slots.getParticipantId());
        assertEquals("carl", slots.getSlots().getSlots(0).getParticipantId());
        assertEquals(Track.Kind.SCREEN, slots.getSlots().getSlots(0).getKind());
        assertTrue(requireNonNull(outbox.poll()).hasState());
        assertEquals("ben", requireNonNull(outbox.poll()).getParticipantId());
        assertNull(outbox.poll());
    }

    @Test
    void aDemandIsToldToWhoPublishes() {
        outbox.onNeeded("room", "anna/1", -1);
        var demand = requireNonNull(outbox.poll());
        assertEquals("anna", demand.getParticipantId());
        assertEquals("anna/1", demand.getDemand().getDemand().getTrackId());
        assertEquals(-1, demand.getDemand().getDemand().getTopLayer());
    }

    @Test
    void speakersOfARoomAreToldOncePerLook_theNewest() {
        outbox.onSpeakers("room", List.of("anna"));
        outbox.onSpeakers("room", List.of("ben", "anna"));
        var speakers = requireNonNull(outbox.pollSpeakers());
        assertEquals("room", speakers.getRoom());
        assertEquals(List.of("ben", "anna"), speakers.getSpeakers().getParticipantIdsList());
        assertNull(outbox.pollSpeakers());
    }

    @Test
    void whatIsTooMuchIsDroppedAndCounted_butTheNewestOfWhatWaitsStillReplacesIt() {
        for (int i = 0; i < Limits.EVENTS_WAITING + 3; i++) {
            outbox.onState("room", "p" + i, PeerState.CONNECTED, "");
        }
        assertEquals(3, outbox.dropped());
        outbox.onState("room", "p0", PeerState.CLOSED, "gone");
        assertEquals(3, outbox.dropped());
        assertTrue(requireNonNull(outbox.poll()).getState().getEnded());
    }

    private static SlotMapping slot(String who) {
        return new SlotMapping(0, "2", who + "/1", who, SourceKind.SCREEN);
    }
}
