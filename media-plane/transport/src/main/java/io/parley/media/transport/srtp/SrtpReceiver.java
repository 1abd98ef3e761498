package io.parley.media.transport.srtp;

import io.parley.media.rtp.RtpPacket;
import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Opens what comes from one peer, each packet once. What is refused leaves no trace, so it cannot confuse what follows.
 */
public final class SrtpReceiver implements AutoCloseable {
    /** The packet was seen before, or is too old to tell. */
    public static final int REPLAYED = -2;

    /** The packet was not protected with the peer's keys. */
    public static final int INAUTHENTIC = SrtpCipher.INAUTHENTIC;

    /** It is no packet, or comes from one source more than a peer may have. */
    public static final int MALFORMED = -3;

    private static final int RTCP_HEADER = 8;

    private final SrtpCipher cipher;
    private final SourceTable rtpSources = new SourceTable();
    private final SourceTable rtcpSources = new SourceTable();
    private final RtpPacket packet = new RtpPacket();

    public SrtpReceiver(SrtpCipher cipher) {
        this.cipher = cipher;
    }

    /** Opens an RTP packet in place: its length without protection, or one of the negative constants. */
    public int openRtp(MemorySegment memory, int at, int length) {
        if (!packet.parseProtected(memory, at, length)) {
            return MALFORMED;
        }
        int ssrc = packet.ssrc();
        var source = rtpSources.find(ssrc);
        long index = SrtpIndex.of(source == null ? -1 : source.highest(), packet.sequence());
        if (source != null && !source.isNew(index)) {
            return REPLAYED;
        }
        int opened = cipher.openRtp(memory, at, packet.headerLength(), length, index);
        return opened < 0 ? INAUTHENTIC : seen(rtpSources, source, ssrc, index) ? opened : MALFORMED;
    }

    /** Opens a compound RTCP packet in place: its length without protection, or one of the negative constants. */
    public int openRtcp(MemorySegment memory, int at, int length) {
        if (length < RTCP_HEADER) {
            return MALFORMED;
        }
        int index = cipher.rtcpIndex(memory, at, length);
        if (index < 0) {
            return MALFORMED;
        }
        int ssrc = Bytes.i32(memory, at + 4);
        var source = rtcpSources.find(ssrc);
        if (source != null && !source.isNew(index)) {
            return REPLAYED;
        }
        int opened = cipher.openRtcp(memory, at, length, index);
        return opened < 0 ? INAUTHENTIC : seen(rtcpSources, source, ssrc, index) ? opened : MALFORMED;
    }

    private static boolean seen(SourceTable sources, @Nullable ReplayWindow known, int ssrc, long index) {
        var window = known == null ? new ReplayWindow() : known;
        if (known == null && !sources.add(ssrc, window)) {
            return false;
        }
        window.add(index);
        return true;
    }

    @Override
    public void close() {
        cipher.close();
    }
}
