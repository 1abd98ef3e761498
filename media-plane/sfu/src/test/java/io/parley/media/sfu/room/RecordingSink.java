package io.parley.media.sfu.room;

import io.parley.media.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a participant was sent. */
final class RecordingSink implements PacketSink {
    private static final int BYTES = 1_500;
    private final MemorySegment memory = Arena.ofAuto().allocate(BYTES);
    final List<byte[]> rtp = new ArrayList<>();
    final List<byte[]> rtcp = new ArrayList<>();

    @Override
    public MemorySegment memory() {
        return memory;
    }

    @Override
    public int capacity() {
        return 1_400;
    }

    @Override
    public int reserve() {
        return 0;
    }

    @Override
    public boolean sendRtp(int length) {
        rtp.add(bytes(length));
        return true;
    }

    @Override
    public boolean sendRtcp(int length) {
        rtcp.add(bytes(length));
        return true;
    }

    private byte[] bytes(int length) {
        return memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /** The packets of one SSRC, parsed. */
    List<RtpPacket> stream(int ssrc) {
        return rtp.stream()
                .map(RecordingSink::parse)
                .filter(packet -> packet.ssrc() == ssrc)
                .toList();
    }

    static RtpPacket parse(byte[] bytes) {
        var memory = Arena.ofAuto().allocate(bytes.length);
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
        var packet = new RtpPacket();
        if (!packet.parse(memory, 0, bytes.length)) {
            throw new AssertionError("a malformed packet was sent");
        }
        return packet;
    }
}
