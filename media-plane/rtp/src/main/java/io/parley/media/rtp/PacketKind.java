package io.parley.media.rtp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** What a datagram on the shared port is, by its first bytes (RFC 7983 section 7, RFC 5761 section 4). */
public enum PacketKind {
    STUN,
    ZRTP,
    DTLS,
    TURN_CHANNEL,
    RTP,
    RTCP,
    UNKNOWN;

    private static final int STUN_HEADER = 20;
    private static final int DTLS_HEADER = 13;
    private static final int CHANNEL_HEADER = 4;
    private static final int RTP_HEADER = 12;
    private static final int RTCP_HEADER = 8;

    /**
     * Sorts a datagram (RFC 7983 section 7). One that is too short for the header of its kind is {@link #UNKNOWN}; RTP
     * and RTCP are told apart by the packet types 192 to 223 (RFC 5761 section 4).
     */
    public static PacketKind of(MemorySegment memory, int offset, int length) {
        if (length < CHANNEL_HEADER) {
            return UNKNOWN;
        }
        int first = Bytes.u8(memory, offset);
        if (first >= 128 && first <= 191) {
            int type = Bytes.u8(memory, offset + 1);
            if (type >= 192 && type <= 223) {
                return length >= RTCP_HEADER ? RTCP : UNKNOWN;
            }
            return length >= RTP_HEADER ? RTP : UNKNOWN;
        }
        if (first <= 3) {
            return length >= STUN_HEADER ? STUN : UNKNOWN;
        }
        if (first >= 20 && first <= 63) {
            return length >= DTLS_HEADER ? DTLS : UNKNOWN;
        }
        if (first >= 64 && first <= 79) {
            return TURN_CHANNEL;
        }
        return first >= 16 && first <= 19 && length >= RTP_HEADER ? ZRTP : UNKNOWN;
    }
}
