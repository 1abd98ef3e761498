package io.parley.media.sfu.room;

import io.parley.media.rtp.RtpHeader;
import io.parley.media.rtp.extension.ExtensionKind;
import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** Counts what a participant was sent and keeps the newest numbers, without a byte of garbage. */
final class CountingSink implements PacketSink {
    private static final int CAPACITY = 1_400;

    private final MemorySegment memory;
    long rtp;
    long rtcp;
    long repairs;
    int lastVideoSequence;
    int lastTransportSequence;

    CountingSink(MemorySegment memory) {
        this.memory = memory;
    }

    @Override
    public MemorySegment memory() {
        return memory;
    }

    @Override
    public int capacity() {
        return CAPACITY;
    }

    @Override
    public int reserve() {
        return 0;
    }

    @Override
    public boolean sendRtp(int length) {
        rtp++;
        int ssrc = RtpHeader.ssrc(memory, 0);
        if (ssrc == RoomWorld.videoSsrc(0)) {
            lastVideoSequence = RtpHeader.sequence(memory, 0);
        }
        repairs += ssrc == RoomWorld.videoSsrc(0) + 1 ? 1 : 0;
        // The transport-wide number is the first element, in the one-byte form.
        int id = Bytes.u8(memory, RtpHeader.LENGTH + 4) >> 4;
        if (id == RoomWorld.EXTENSIONS.id(ExtensionKind.TRANSPORT_SEQUENCE)) {
            lastTransportSequence = Bytes.u16(memory, RtpHeader.LENGTH + 5);
        }
        return true;
    }

    @Override
    public boolean sendRtcp(int length) {
        rtcp++;
        return true;
    }
}
