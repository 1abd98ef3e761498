package io.parley.media.rtp;

/** How much of a packet's variable parts is kept. More than this is refused as malformed, never stored. */
public final class Limits {
    /** Elements of one header extension; a browser sends fewer than ten. */
    public static final int EXTENSION_ELEMENTS = 32;

    /** Blocks of one RED payload, the primary one included; browsers send two or three. */
    public static final int RED_BLOCKS = 16;

    /** Attributes of one STUN message. */
    public static final int STUN_ATTRIBUTES = 32;

    /** Bytes of one STUN message, so that it fits a datagram (RFC 8489 section 6.1). */
    public static final int STUN_MESSAGE_BYTES = 1_500;

    /** Statuses of one transport-wide feedback that we build; at 100 ms that is 20,000 packets a second. */
    public static final int FEEDBACK_STATUSES = 2_048;

    /** SSRCs of one REMB message that are read. */
    public static final int REMB_SOURCES = 64;

    private Limits() {}
}
