package io.parley.media.transport;

import io.parley.media.rtp.RtpHeader;
import io.parley.media.transport.memory.PacketBuffer;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sends every packet back: RTP under the SSRC of the answer, RTCP as it is. */
final class Echo implements PeerListener {
    static final int SSRC = 424_242;

    final List<String> states = new CopyOnWriteArrayList<>();

    @Override
    public void onState(PeerTransport peer, PeerState state, String reason) {
        states.add(reason.isEmpty() ? state.name() : state + ": " + reason);
    }

    @Override
    public void onRtp(PeerTransport peer, PacketBuffer packet, long arrivalNanos) {
        int at = peer.reserve();
        var outgoing = peer.shard().outgoing();
        MemorySegment.copy(packet.memory(), packet.offset(), outgoing, at, packet.length());
        RtpHeader.ssrc(outgoing, at, SSRC);
        peer.sendReservedRtp(packet.length());
    }

    @Override
    public void onRtcp(PeerTransport peer, PacketBuffer packet, long arrivalNanos) {
        peer.sendRtcp(packet.memory(), packet.offset(), packet.length());
    }
}
