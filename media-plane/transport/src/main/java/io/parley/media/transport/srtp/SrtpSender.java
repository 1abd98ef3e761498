package io.parley.media.transport.srtp;

import io.parley.media.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;

/** Protects what goes to one peer. The caller never protects two different packets with one SSRC and index. */
public final class SrtpSender implements AutoCloseable {
    private static final int RTCP_HEADER = 8;

    private final SrtpCipher cipher;
    private final SourceTable sources = new SourceTable();
    private final RtpPacket packet = new RtpPacket();
    private int rtcpIndex;

    public SrtpSender(SrtpCipher cipher) {
        this.cipher = cipher;
    }

    /** Protects an RTP packet in place: its new length, or -1 when it is not RTP or has one SSRC too many. */
    public int protectRtp(MemorySegment memory, int at, int length) {
        if (!packet.parseProtected(memory, at, length)) {
            return -1;
        }
        var source = sources.find(packet.ssrc());
        if (source == null) {
            source = new ReplayWindow();
            if (!sources.add(packet.ssrc(), source)) {
                return -1;
            }
        }
        long index = SrtpIndex.of(source.highest(), packet.sequence());
        if (index > source.highest()) {
            source.add(index);
        }
        return cipher.sealRtp(memory, at, packet.headerLength(), length, index);
    }

    /** Protects a compound RTCP packet in place: its new length, or -1 when it is too short to be one. */
    public int protectRtcp(MemorySegment memory, int at, int length) {
        if (length < RTCP_HEADER || rtcpIndex == Integer.MAX_VALUE) {
            return -1; // after 2^31 packets the keys are used up (RFC 3711 section 9.2); that is years of reports
        }
        return cipher.sealRtcp(memory, at, length, ++rtcpIndex);
    }

    @Override
    public void close() {
        cipher.close();
    }
}
