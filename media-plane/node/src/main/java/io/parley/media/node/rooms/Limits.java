package io.parley.media.node.rooms;

/** How much one node takes on. */
public final class Limits {
    /** Rooms of one shard; more are refused. */
    public static final int ROOMS_PER_SHARD = 4_096;

    /** Characters of the name of a room or a participant. */
    public static final int NAME_CHARS = 128;

    /** Bytes of one packet capture: about a minute of one participant with media, ten without. */
    public static final int CAPTURE_BYTES = 16 * 1_024 * 1_024;

    private Limits() {}
}
