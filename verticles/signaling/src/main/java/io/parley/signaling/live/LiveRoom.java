package io.parley.signaling.live;

import io.parley.schema.v1.Participant;
import io.parley.schema.v1.ParticipantJoined;
import io.parley.schema.v1.ParticipantLeft;
import io.parley.schema.v1.ParticipantUpdated;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.RoomClosed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Who is in a room, and where its stream stands. Immutable: a change is a new state together with the events that tell
 * it, so that state and stream can never disagree.
 *
 * @param revision what the store compares when it commits; 0 = never stored
 * @param head offset of the newest event
 */
public record LiveRoom(long revision, String epoch, long head, Map<String, Participant> participants) {
    public LiveRoom {
        participants = Collections.unmodifiableMap(new LinkedHashMap<>(participants));
    }

    public static LiveRoom fresh(String epoch) {
        return new LiveRoom(0, epoch, 0, Map.of());
    }

    /** A state that follows another, and what happened in between; without an event, nothing did. */
    public record Change(LiveRoom after, List<Push> events) {
        public Change {
            events = List.copyOf(events);
        }
    }

    public Position position() {
        return Position.newBuilder().setEpoch(epoch).setOffset(head).build();
    }

    public Optional<Participant> find(String participantId) {
        return Optional.ofNullable(participants.get(participantId));
    }

    public Change unchanged() {
        return new Change(this, List.of());
    }

    /** Replaces whoever has the same id. */
    public Change join(Participant participant) {
        Map<String, Participant> next = new LinkedHashMap<>(participants);
        next.put(participant.getId(), participant);
        return changed(
                next,
                List.of(Push.newBuilder()
                        .setParticipantJoined(ParticipantJoined.newBuilder().setParticipant(participant))));
    }

    /** Those of {@code participantIds} who are here go. */
    public Change leave(List<String> participantIds, ParticipantLeft.Cause cause) {
        Map<String, Participant> next = new LinkedHashMap<>(participants);
        List<Push.Builder> events = new ArrayList<>();
        for (String id : participantIds) {
            Participant gone = next.remove(id);
            if (gone != null) {
                events.add(Push.newBuilder()
                        .setParticipantLeft(ParticipantLeft.newBuilder()
                                .setParticipantId(id)
                                .setUserId(gone.getUserId())
                                .setCause(cause)));
            }
        }
        return changed(next, events);
    }

    /** Changes one participant; who is not here, or stays the same, causes no event. */
    public Change update(String participantId, UnaryOperator<Participant> how) {
        Participant before = participants.get(participantId);
        Participant after = before == null ? null : how.apply(before);
        if (after == null || after.equals(before)) {
            return unchanged();
        }
        Map<String, Participant> next = new LinkedHashMap<>(participants);
        next.put(participantId, after);
        return changed(
                next,
                List.of(Push.newBuilder()
                        .setParticipantUpdated(ParticipantUpdated.newBuilder().setParticipant(after))));
    }

    /** Everybody goes, and the room with them. */
    public Change close(String by) {
        Change left = leave(List.copyOf(participants.keySet()), ParticipantLeft.Cause.ROOM_CLOSED);
        Change closed = left.after.changed(
                Map.of(),
                List.of(Push.newBuilder().setRoomClosed(RoomClosed.newBuilder().setBy(by))));
        List<Push> events = new ArrayList<>(left.events);
        events.addAll(closed.events);
        return new Change(closed.after, events);
    }

    private Change changed(Map<String, Participant> next, List<Push.Builder> told) {
        List<Push> events = new ArrayList<>(told.size());
        long offset = head;
        for (Push.Builder event : told) {
            events.add(event.setEpoch(epoch).setOffset(++offset).build());
        }
        return new Change(new LiveRoom(revision, epoch, offset, next), events);
    }
}
