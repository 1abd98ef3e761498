package io.parley.signaling.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.schema.v1.Participant;
import io.parley.schema.v1.ParticipantLeft;
import io.parley.schema.v1.Push;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LiveRoomTest {
    private static final int STEPS = 400;
    private static final int PEOPLE = 6;

    /** Whoever only reads the events knows who is in the room, and misses nothing. */
    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void theEventsTellTheState(long seed) {
        var random = new Random(seed);
        var room = LiveRoom.fresh("e");
        Map<String, Participant> seen = new LinkedHashMap<>();
        long offset = 0;
        for (int step = 0; step < STEPS; step++) {
            LiveRoom.Change change = step(room, random);
            for (Push event : change.events()) {
                assertEquals(++offset, event.getOffset());
                assertEquals("e", event.getEpoch());
                apply(seen, event);
            }
            room = change.after();
            assertEquals(offset, room.head());
            assertEquals(room.participants(), seen);
        }
    }

    private static LiveRoom.Change step(LiveRoom room, Random random) {
        String id = "p" + random.nextInt(PEOPLE);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> room.join(Participant.newBuilder().setId(id).build());
            case 3, 4 -> room.leave(List.of(id, "nobody"), ParticipantLeft.Cause.LEFT);
            case 5, 6 ->
                room.update(
                        id,
                        who -> who.toBuilder().setStateValue(random.nextInt(3)).build());
            default -> random.nextInt(10) == 0 ? room.close("host") : room.unchanged();
        };
    }

    private static void apply(Map<String, Participant> seen, Push event) {
        switch (event.getEventCase()) {
            case PARTICIPANT_JOINED -> {
                Participant who = event.getParticipantJoined().getParticipant();
                seen.put(who.getId(), who);
            }
            case PARTICIPANT_LEFT -> seen.remove(event.getParticipantLeft().getParticipantId());
            case PARTICIPANT_UPDATED -> {
                Participant who = event.getParticipantUpdated().getParticipant();
                seen.replace(who.getId(), who);
            }
            case ROOM_CLOSED -> assertEquals(List.of(), new ArrayList<>(seen.values()), "closed when all have left");
            default -> throw new AssertionError(event);
        }
    }
}
