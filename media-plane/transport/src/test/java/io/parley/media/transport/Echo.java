package io.parley.media.transport;

import io.parley.media.rtp.RtpHeader;
import io.parley.media.rtp.memory.Bytes;
import io.parley.media.transport.memory.PacketBuffer;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sends every packet back: RTP under the SSRC of the answer, RTCP about that SSRC as about the original. */
final class Echo implements PeerListener {
    static final int SSRC = 424_242;

    private static final int FEEDBACK_MEDIA = 8;

    private int source;

    final List<String> states = new CopyOnWriteArrayList<>();

    @Override
    public void onState(PeerTransport peer, PeerState state, String reason) {
        states.add(reason.isEmpty() ? state.name() : state + ": " + reason);
    }

    @Override
    public void onRtp(PeerTransport peer, PacketBuffer packet, long arrivalNanos) {
        source = RtpHeader.ssrc(packet.memory(), packet.offset());
        int at = peer.reserve();
        var outgoing = peer.shard().outgoing();
        MemorySegment.copy(packet.memory(), packet.offset(), outgoing, at, packet.length());
        RtpHeader.ssrc(outgoing, at, SSRC);
        peer.sendReservedRtp(packet.length());
    }

    @Override
    public void onRtcp(PeerTransport peer, PacketBuffer packet, long arrivalNanos) {
        for (int at = packet.offset() + FEEDBACK_MEDIA; at + 4 <= packet.offset() + packet.length(); at += 4) {
            if (Bytes.i32(packet.memory(), at) == SSRC) {
                Bytes.put32(packet.memory(), at, source); // a key frame request reaches who can fulfil it
            }
        }
        peer.sendRtcp(packet.memory(), packet.offset(), packet.length());
    }
}
