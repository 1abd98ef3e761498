package io.parley.media.node.rooms;

/** Someone in a room of this node. */
public record Session(String room, String participant) {}
