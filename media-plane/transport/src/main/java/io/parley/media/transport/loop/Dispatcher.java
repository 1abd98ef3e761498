package io.parley.media.transport.loop;

import io.parley.media.rtp.PacketKind;
import io.parley.media.rtp.stun.StunMessage;
import io.parley.media.rtp.stun.StunType;
import io.parley.media.transport.ice.UfragTable;
import io.parley.media.transport.memory.PacketBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whose a received datagram is: checks by the user fragment they name, all else by the address it comes from,
 * which a valid check has proven. A datagram for a peer of another shard is handed over. One owner, the shard's thread.
 */
final class Dispatcher {
    private final ShardLoop shard;
    private final Directory directory;
    private final AddressTable.Probe addressProbe = new AddressTable.Probe();
    private final List<PeerSession> peers = new ArrayList<>();
    private final ShardCounters counters = new ShardCounters();
    private final StunMessage check = new StunMessage();
    private final UfragTable.Probe probe = new UfragTable.Probe();

    Dispatcher(ShardLoop shard, Directory directory) {
        this.shard = shard;
        this.directory = directory;
    }

    ShardCounters counters() {
        return counters;
    }

    /** Takes a packet with its hold; {@code fresh} unless another shard handed it over. */
    void dispatch(PacketBuffer packet, boolean fresh) {
        if (fresh) {
            counters.receivedBytes += packet.length();
        }
        var kind = PacketKind.of(packet.memory(), packet.offset(), packet.length());
        switch (kind) {
            case STUN -> dispatchCheck(packet, fresh);
            case DTLS, RTP, RTCP -> {
                var peer = directory.addresses().find(packet.origin(), addressProbe);
                if (peer == null) {
                    counters.unknownSource++;
                    packet.release();
                } else if (peer.home() == shard) {
                    peer.receive(kind, packet);
                } else {
                    passOn(packet, peer, fresh);
                }
            }
            case ZRTP, TURN_CHANNEL, UNKNOWN -> {
                counters.malformed++;
                packet.release();
            }
        }
    }

    private void dispatchCheck(PacketBuffer packet, boolean fresh) {
        if (!check.parse(packet.memory(), packet.offset(), packet.length())) {
            counters.malformed++;
            packet.release();
            return;
        }
        if (check.type() != StunType.BINDING_REQUEST) {
            packet.release(); // indications keep a NAT open, and we ask nothing that could be answered
            return;
        }
        var peer = directory.expected().find(check, probe);
        if (peer == null) {
            counters.unknownUfrag++;
            packet.release();
        } else if (peer.home() == shard) {
            if (!peer.receiveCheck(check, packet.origin())) {
                counters.badIntegrity++;
            }
            packet.release();
        } else {
            passOn(packet, peer, fresh);
        }
    }

    private void passOn(PacketBuffer packet, PeerSession peer, boolean fresh) {
        if (fresh) {
            counters.handedOver++;
            peer.home().handOver(packet);
        } else {
            packet.release(); // the address changed hands while the packet was on its way
        }
    }

    void add(PeerSession peer) {
        peers.add(peer);
    }

    void remove(PeerSession peer) {
        peers.remove(peer);
    }

    void checkConsent() {
        for (int i = peers.size() - 1; i >= 0; i--) {
            peers.get(i).checkConsent();
        }
    }
}
