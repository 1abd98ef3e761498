package io.parley.schema.control;

import io.parley.schema.v1.ParticipantRole;

/**
 * What a token says: this participant may be in this room, in this role, on this media node, until then.
 *
 * @param room {@code TENANT/ROOM}
 * @param sfu the id of the node
 * @param expiresAtSeconds of the wall clock, since 1970; a session that has begun may last longer
 */
public record SessionToken(String room, String participant, ParticipantRole role, String sfu, long expiresAtSeconds) {
    public SessionToken {
        if (room.isEmpty() || participant.isEmpty() || sfu.isEmpty() || expiresAtSeconds <= 0) {
            throw new IllegalArgumentException("a session token names room, participant, node and end");
        }
        if (role == ParticipantRole.UNRECOGNIZED) {
            throw new IllegalArgumentException("a session token names a role");
        }
    }
}
