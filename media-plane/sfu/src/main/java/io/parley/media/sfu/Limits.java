package io.parley.media.sfu;

/** How much of anything a room keeps or does. Reaching one is counted and never an error of others. */
public final class Limits {
    /** Bytes of one RTP or RTCP packet, in and out; a longer one is refused. */
    public static final int PACKET_BYTES = 1_500;

    /** Payload bytes kept per video encoding: 1.2 s at 2.5 Mbps. */
    public static final int VIDEO_RING_BYTES = 384 * 1024;

    /** Payload bytes kept per audio encoding: 2 s at 128 kbps. */
    public static final int AUDIO_RING_BYTES = 32 * 1024;

    /** Packets kept per video encoding; a power of two. */
    public static final int VIDEO_RING_PACKETS = 1_024;

    /** Packets kept per audio encoding; a power of two. */
    public static final int AUDIO_RING_PACKETS = 128;

    /** Bytes of header extension elements that travel with one packet. */
    public static final int EXTENSION_BYTES = 256;

    /** Encodings of one publication. */
    public static final int ENCODINGS = 4;

    /** Publications of one participant. */
    public static final int PUBLICATIONS = 16;

    /** SSRCs that one participant may send. */
    public static final int SSRCS = 64;

    /** Receive slots of one participant. */
    public static final int SLOTS = 128;

    /** Participants of one room on one node. */
    public static final int PARTICIPANTS = 2_000;

    /** Packets that a video slot can send again; a power of two. */
    public static final int VIDEO_SENT = 512;

    /** Packets that an audio slot can send again; a power of two. */
    public static final int AUDIO_SENT = 128;

    /** Missing packets in a row for which numbers are left free; beyond it the source is taken as restarted. */
    public static final int GAP = 96;

    /** Video packets that wait for one receiver; a power of two. */
    public static final int VIDEO_QUEUE = 1_024;

    /** Audio packets that wait for one receiver; a power of two. */
    public static final int AUDIO_QUEUE = 128;

    /** Packets of one encoding that are asked for again at the same time. */
    public static final int MISSING = 256;

    /** How often one packet is asked for. */
    public static final int REQUESTS = 10;

    /** Packets that one NACK brings at most. */
    public static final int RESENT_PER_NACK = 128;

    /** How often one packet is sent again to one receiver. */
    public static final int REPAIRS = 5;

    /** Arrivals that one transport-wide feedback speaks of; a power of two. */
    public static final int ARRIVALS = 2_048;

    private Limits() {}
}
