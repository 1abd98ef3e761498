package io.parley.media.node.sdp;

/** How much of an offer is read; what goes beyond is refused, never cut. */
public final class Limits {
    /** Characters of one offer. */
    public static final int OFFER_CHARS = 64 * 1024;

    /** Lines of one offer. */
    public static final int LINES = 4_096;

    /** Media sections of one offer: what one participant may send, and their receive slots. */
    public static final int SECTIONS = 128;

    /** Letters of a media section's name: what the one-byte form of its header extension holds. */
    public static final int MID_CHARS = 16;

    private Limits() {}
}
