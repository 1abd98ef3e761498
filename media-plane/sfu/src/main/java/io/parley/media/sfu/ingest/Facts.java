package io.parley.media.sfu.ingest;

/**
 * What forwarding needs to know about one packet, in one int: read once when it comes in, then only looked at. A frame
 * is one layer's picture.
 */
public final class Facts {
    /** The last packet of a picture (RTP's marker). */
    public static final int MARKER = 1;

    public static final int FRAME_START = 1 << 1;
    public static final int FRAME_END = 1 << 2;

    /** A decoder can start at this packet. */
    public static final int KEYFRAME = 1 << 3;

    /** VP8's Y, VP9's U: a receiver may go up a temporal layer here. */
    public static final int SWITCH_UP = 1 << 4;

    /** The frame refers to earlier pictures. */
    public static final int INTER_PICTURE = 1 << 5;

    /** The descriptor could not be read: the packet is passed on only where nothing depends on it. */
    public static final int OPAQUE = 1 << 6;

    /** The packet has no payload: it was padding, its number counts and its content does not. */
    public static final int EMPTY = 1 << 7;

    /** There is a TL0PICIDX. */
    public static final int HAS_TL0 = 1 << 8;

    /** Dropped for all receivers when it came, as silence is: it leaves no hole in the numbers. */
    public static final int DISCARDED = 1 << 30;

    /** The picture id has 7 bits instead of 15. */
    public static final int SHORT_ID = 1 << 15;

    private static final int TEMPORAL_AT = 9;
    private static final int SPATIAL_AT = 12;
    private static final int TL0_AT = 16;
    private static final int CODEC_AT = 24;

    private Facts() {}

    static int layers(int spatial, int temporal) {
        return (spatial & 7) << SPATIAL_AT | (temporal & 7) << TEMPORAL_AT;
    }

    static int withTl0(int index) {
        return index < 0 ? 0 : HAS_TL0 | (index & 0xff) << TL0_AT;
    }

    static int withCodec(int ordinal) {
        return ordinal << CODEC_AT;
    }

    public static boolean has(int facts, int flag) {
        return (facts & flag) != 0;
    }

    public static int temporal(int facts) {
        return facts >> TEMPORAL_AT & 7;
    }

    public static int spatial(int facts) {
        return facts >> SPATIAL_AT & 7;
    }

    /** TL0PICIDX; means something with {@link #HAS_TL0}. */
    public static int tl0(int facts) {
        return facts >> TL0_AT & 0xff;
    }

    /** The ordinal of the packet's {@link io.parley.media.sfu.Codec}. */
    public static int codecOrdinal(int facts) {
        return facts >>> CODEC_AT & 0x1f;
    }
}
