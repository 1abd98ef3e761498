package io.parley.media.transport.loop;

import io.parley.media.rtp.PacketKind;
import io.parley.media.transport.Limits;
import io.parley.media.transport.PeerListener;
import io.parley.media.transport.PeerStats;
import io.parley.media.transport.engine.RemotePath;
import io.parley.media.transport.memory.PacketBuffer;
import io.parley.media.transport.srtp.SrtpCipher;
import io.parley.media.transport.srtp.SrtpReceiver;
import io.parley.media.transport.srtp.SrtpSender;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The protected packets of one peer, both ways: the packet path. One owner, the peer's shard. */
final class PeerMedia {
    private final PeerSession peer;
    private final PeerListener listener;

    /**
     * A browser ends its handshake a moment before we do and sends at once: that is often the key frame everybody waits
     * for, so it is kept until the keys are here.
     */
    private final ArrayDeque<PacketBuffer> early = new ArrayDeque<>();

    private @Nullable SrtpSender sender;
    private @Nullable SrtpReceiver receiver;
    private boolean closed;
    private long receivedPackets;
    private long receivedBytes;
    private long authenticated;
    private long sentPackets;
    private long sentBytes;
    private long replayedPackets;
    private long inauthenticPackets;

    PeerMedia(PeerSession peer, PeerListener listener) {
        this.peer = peer;
        this.listener = listener;
    }

    void begin(SrtpCipher local, SrtpCipher remote) {
        sender = new SrtpSender(local);
        receiver = new SrtpReceiver(remote);
    }

    void deliverEarly() {
        for (var packet = early.poll(); packet != null; packet = early.poll()) {
            receive(PacketKind.of(packet.memory(), packet.offset(), packet.length()), packet);
        }
    }

    /** Takes an RTP or RTCP packet with its hold. */
    void receive(PacketKind kind, PacketBuffer packet) {
        var opener = receiver;
        if (opener == null) {
            keep(packet);
            return;
        }
        receivedPackets++;
        receivedBytes += packet.length();
        int length = kind == PacketKind.RTP
                ? opener.openRtp(packet.memory(), packet.offset(), packet.length())
                : opener.openRtcp(packet.memory(), packet.offset(), packet.length());
        try {
            if (length < 0) {
                refuse(length);
            } else {
                authenticated++;
                packet.range(packet.offset(), length);
                deliver(kind, packet);
            }
        } finally {
            packet.release(); // whatever the listener did
        }
    }

    /** Packets so far that were the peer's beyond doubt. */
    long authenticated() {
        return authenticated;
    }

    private void deliver(PacketKind kind, PacketBuffer packet) {
        long arrival = packet.origin().arrivalNanos();
        if (kind == PacketKind.RTP) {
            listener.onRtp(peer, packet, arrival);
        } else {
            listener.onRtcp(peer, packet, arrival);
        }
    }

    private void keep(PacketBuffer packet) {
        if (closed || early.size() == Limits.EARLY_PACKETS) {
            packet.release();
        } else {
            early.add(packet);
        }
    }

    private void refuse(int reason) {
        if (reason == SrtpReceiver.REPLAYED) {
            replayedPackets++;
        } else {
            inauthenticPackets++;
        }
    }

    /** Protects and adds what was written at the batch's reserved position. */
    boolean sendRtp(RemotePath path, int length) {
        var protector = sender;
        if (protector == null || length > Limits.SENDABLE_BYTES) {
            return false;
        }
        var batch = peer.home().batch();
        return add(path, protector.protectRtp(batch.memory(), batch.reservedAt(), length));
    }

    boolean sendRtcp(RemotePath path, int length) {
        var protector = sender;
        if (protector == null || length > Limits.SENDABLE_BYTES) {
            return false;
        }
        var batch = peer.home().batch();
        return add(path, protector.protectRtcp(batch.memory(), batch.reservedAt(), length));
    }

    private boolean add(RemotePath path, int length) {
        if (length < 0) {
            return false;
        }
        peer.home().batch().add(path, length);
        sentPackets++;
        sentBytes += length;
        return true;
    }

    PeerStats stats(long checks, long moves) {
        return new PeerStats(
                receivedPackets,
                receivedBytes,
                sentPackets,
                sentBytes,
                replayedPackets,
                inauthenticPackets,
                checks,
                moves);
    }

    void close() {
        closed = true;
        early.forEach(PacketBuffer::release);
        early.clear();
        if (sender != null) {
            sender.close();
            sender = null;
        }
        if (receiver != null) {
            receiver.close();
            receiver = null;
        }
    }
}
