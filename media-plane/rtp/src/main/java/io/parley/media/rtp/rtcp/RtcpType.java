package io.parley.media.rtp.rtcp;

/** Packet types of RTCP (RFC 3550 section 12.1) and formats of feedback messages (RFC 4585 section 6.1). */
public final class RtcpType {
    /** RFC 3550 section 6.4.1. */
    public static final int SENDER_REPORT = 200;

    /** RFC 3550 section 6.4.2. */
    public static final int RECEIVER_REPORT = 201;

    /** RFC 3550 section 6.5. */
    public static final int SOURCE_DESCRIPTION = 202;

    /** RFC 3550 section 6.6. */
    public static final int GOODBYE = 203;

    /** RFC 4585 section 6.2: NACK and transport-wide feedback. */
    public static final int TRANSPORT_FEEDBACK = 205;

    /** RFC 4585 section 6.3: PLI, FIR, REMB. */
    public static final int PAYLOAD_FEEDBACK = 206;

    /** Format of a generic NACK (RFC 4585 section 6.2.1). */
    public static final int FORMAT_NACK = 1;

    /** Format of transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1). */
    public static final int FORMAT_TRANSPORT_WIDE = 15;

    /** Format of a picture loss indication (RFC 4585 section 6.3.1). */
    public static final int FORMAT_PLI = 1;

    /** Format of a full intra request (RFC 5104 section 4.3.1). */
    public static final int FORMAT_FIR = 4;

    /** Format of application layer feedback, REMB among it (RFC 4585 section 6.4). */
    public static final int FORMAT_APPLICATION = 15;

    static final int HEADER = 4;

    /** Header, sender's SSRC and media SSRC of a feedback message (RFC 4585 section 6.1). */
    static final int FEEDBACK_HEADER = 12;

    private RtcpType() {}
}
