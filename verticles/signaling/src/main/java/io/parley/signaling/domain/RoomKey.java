package io.parley.signaling.domain;

/** A room within the whole installation. */
public record RoomKey(String tenant, String id) {
    private static final String PREFIX = "call:";

    /** The stream of everybody in it. */
    public String stream() {
        return PREFIX + id;
    }

    /** The stream of one participant's media. */
    public String streamOf(String participantId) {
        return PREFIX + id + "." + participantId;
    }

    /** The room of a "call:" stream, of everybody's or of one participant's. */
    public static RoomKey ofStream(String tenant, String stream) {
        int end = stream.indexOf('.');
        return new RoomKey(tenant, stream.substring(PREFIX.length(), end < 0 ? stream.length() : end));
    }

    /** Whose stream this is; empty for that of everybody. */
    public static String participantOfStream(String stream) {
        int dot = stream.indexOf('.');
        return dot < 0 ? "" : stream.substring(dot + 1);
    }
}
