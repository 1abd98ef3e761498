package io.parley.media.node.rooms;

import io.parley.media.sfu.allocation.Role;
import io.parley.media.sfu.room.SourceKind;
import java.util.Map;

/**
 * Who wants into a room, and with what. That they may is decided elsewhere.
 *
 * @param participant unique in the room
 * @param offer the client's session description
 * @param kinds what the client sends in a section, by its mid; else a camera in a video section, a microphone in others
 */
public record Joining(String room, String participant, Role role, String offer, Map<String, SourceKind> kinds) {
    public Joining {
        kinds = Map.copyOf(kinds);
        check(room);
        check(participant);
    }

    private static void check(String name) {
        if (name.isEmpty() || name.length() > Limits.NAME_CHARS) {
            throw new IllegalArgumentException("names have 1 to " + Limits.NAME_CHARS + " characters");
        }
    }
}
