package io.parley.signaling.domain;

/**
 * What stays of a room.
 *
 * @param channelId whose members may join; empty = the whole tenant
 * @param closedAtMillis 0 = open
 */
public record RoomFacts(
        RoomKey key,
        String name,
        String channelId,
        int participantLimit,
        String createdBy,
        long createdAtMillis,
        long closedAtMillis) {}
