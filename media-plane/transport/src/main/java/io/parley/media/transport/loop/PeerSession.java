package io.parley.media.transport.loop;

import io.parley.media.rtp.PacketKind;
import io.parley.media.rtp.stun.StunMessage;
import io.parley.media.rtp.stun.StunWriter;
import io.parley.media.transport.DtlsRole;
import io.parley.media.transport.IceCredentials;
import io.parley.media.transport.Limits;
import io.parley.media.transport.PeerListener;
import io.parley.media.transport.PeerSettings;
import io.parley.media.transport.PeerState;
import io.parley.media.transport.PeerStats;
import io.parley.media.transport.PeerTransport;
import io.parley.media.transport.Shard;
import io.parley.media.transport.dtls.DtlsSession;
import io.parley.media.transport.engine.RemotePath;
import io.parley.media.transport.ice.IceSession;
import io.parley.media.transport.ice.IceSession.Verdict;
import io.parley.media.transport.memory.PacketBuffer;
import io.parley.media.transport.memory.PacketOrigin;
import io.parley.media.transport.memory.PacketPool;
import io.parley.media.transport.srtp.SrtpCipher;
import io.parley.media.transport.srtp.SrtpKeys;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** One peer on its shard. Its own thread is that of the shard; DTLS comes back to it through the shard's tasks. */
final class PeerSession implements PeerTransport, DtlsSession.Outcome {
    private final ShardLoop shard;
    private final Directory directory;
    private final PeerSettings settings;
    private final PeerListener listener;
    private final IceSession ice;
    private final DtlsSession dtls;
    private final Paths paths = new Paths();
    private final PeerMedia media;
    private final StunWriter writer = new StunWriter();
    private volatile PeerState state = PeerState.NEW;
    private boolean dtlsStarted;
    private long lastCheckNanos;
    private long lastHeardNanos;
    private long heard;
    private long checks;
    private long moves;

    PeerSession(ShardLoop shard, Directory directory, PeerSettings settings, PeerListener listener) {
        this.shard = shard;
        this.directory = directory;
        this.settings = settings;
        this.listener = listener;
        ice = new IceSession(settings.local(), settings.remoteUfrag());
        media = new PeerMedia(this, listener);
        dtls = new DtlsSession(
                directory.identity(),
                settings.role(),
                settings.fingerprint(),
                datagram -> shard.execute(() -> sendClear(datagram)),
                this);
    }

    /** Begins on the shard's thread. */
    void open() {
        if (!isOver()) {
            lastCheckNanos = shard.nowNanos();
            shard.dispatcher().add(this);
        }
    }

    ShardLoop home() {
        return shard;
    }

    /** Takes a check in; false when it is not the peer's. */
    boolean receiveCheck(StunMessage check, PacketOrigin origin) {
        if (isOver()) {
            return true;
        }
        String ufragBefore = ice.ufrag();
        var verdict = ice.judge(check);
        if (verdict == Verdict.UNTRUSTED) {
            return false;
        }
        if (!ufragBefore.equals(ice.ufrag())) {
            directory.expected().remove(ufragBefore, this);
        }
        var path = path(origin);
        answer(check, path);
        if (verdict == Verdict.REFUSED) {
            return true;
        }
        checks++;
        lastCheckNanos = shard.nowNanos();
        if (verdict == Verdict.NOMINATED && paths.select(path)) {
            moves++;
        }
        if (state == PeerState.NEW) {
            moveTo(PeerState.CHECKING, "");
        }
        if (!dtlsStarted) {
            dtlsStarted = true;
            dtls.start();
        }
        return true;
    }

    private RemotePath path(PacketOrigin origin) {
        var known = paths.find(origin);
        if (known != null) {
            return known;
        }
        var path = new RemotePath(origin);
        directory.addresses().put(path, this); // before the answer leaves: what follows it may come to any shard
        var displaced = paths.add(path);
        if (displaced != null) {
            directory.addresses().remove(displaced, this);
        }
        return path;
    }

    private void answer(StunMessage check, RemotePath path) {
        var batch = shard.roomyBatch();
        var target = new IceSession.Target(batch.memory(), batch.reservedAt(), PacketPool.PACKET_BYTES);
        int length = ice.answer(check, writer, path.ip(), path.port(), target);
        if (length > 0) {
            batch.add(path, length);
        }
    }

    /** Takes a packet from one of the peer's addresses, with its hold. */
    void receive(PacketKind kind, PacketBuffer packet) {
        if (isOver()) {
            packet.release();
        } else if (kind == PacketKind.DTLS) {
            dtls.receive(
                    packet.memory().asSlice(packet.offset(), packet.length()).toArray(ValueLayout.JAVA_BYTE));
            packet.release();
        } else {
            media.receive(kind, packet);
        }
    }

    private void sendClear(byte[] datagram) {
        var path = paths.usable();
        if (path == null) {
            return;
        }
        var batch = shard.roomyBatch();
        MemorySegment.copy(datagram, 0, batch.memory(), ValueLayout.JAVA_BYTE, batch.reservedAt(), datagram.length);
        batch.add(path, datagram.length);
    }

    @Override
    public void established(SrtpKeys local, SrtpKeys remote) {
        shard.execute(() -> {
            if (isOver()) {
                return;
            }
            media.begin(SrtpCipher.of(local, directory.crypto()), SrtpCipher.of(remote, directory.crypto()));
            moveTo(PeerState.CONNECTED, "");
            media.deliverEarly();
        });
    }

    @Override
    public void ended(String reason) {
        shard.execute(() -> end(PeerState.FAILED, reason));
    }

    /**
     * Once a second: says when the peer falls silent and when it is heard again; one that does not check any more does
     * not want our packets (RFC 7675).
     */
    void checkConsent() {
        long heardBefore = heard;
        heard = checks + media.authenticated();
        if (heard != heardBefore) {
            lastHeardNanos = shard.nowNanos();
        }
        long silence = shard.nowNanos() - lastHeardNanos;
        if (state == PeerState.CONNECTED && silence > Limits.SILENCE.toNanos()) {
            moveTo(PeerState.SILENT, "nothing came for " + Limits.SILENCE.toSeconds() + " s");
        } else if (state == PeerState.SILENT && heard != heardBefore) {
            moveTo(PeerState.CONNECTED, "");
        }
        if (shard.nowNanos() - lastCheckNanos > Limits.CONSENT.toNanos()) {
            String seconds = Limits.CONSENT.toSeconds() + " s";
            end(PeerState.FAILED, checks == 0 ? "no valid check came for " + seconds : "no consent for " + seconds);
        }
    }

    private void end(PeerState last, String reason) {
        if (isOver()) {
            return;
        }
        if (dtlsStarted) {
            dtls.close();
        }
        directory.expected().remove(ice.ufrag(), this);
        directory.expected().remove(ice.newestUfrag(), this);
        shard.dispatcher().remove(this);
        media.close();
        moveTo(last, reason);
        // The addresses stay for a while, so that the close_notify finds its way and late packets are not strangers'.
        shard.after(Limits.LINGER.toNanos(), this::forgetPaths);
    }

    private void forgetPaths() {
        paths.all().forEach(path -> directory.addresses().remove(path, this));
    }

    private void moveTo(PeerState next, String reason) {
        state = next;
        listener.onState(this, next, reason);
    }

    private boolean isOver() {
        return state == PeerState.FAILED || state == PeerState.CLOSED;
    }

    @Override
    public Shard shard() {
        return shard;
    }

    @Override
    public PeerState state() {
        return state;
    }

    @Override
    public int reserve() {
        return shard.roomyBatch().reservedAt();
    }

    @Override
    public boolean sendReservedRtp(int length) {
        var path = paths.selected();
        return path != null && state.isReachable() && media.sendRtp(path, length);
    }

    @Override
    public boolean sendReservedRtcp(int length) {
        var path = paths.selected();
        return path != null && state.isReachable() && media.sendRtcp(path, length);
    }

    @Override
    public void restart(IceCredentials local, String remoteUfrag) {
        if (!directory.expected().add(local.ufrag(), this)) {
            throw new IllegalArgumentException("the user fragment " + local.ufrag() + " is taken");
        }
        shard.execute(() -> {
            String unused = ice.newestUfrag();
            ice.restart(local, remoteUfrag);
            if (!unused.equals(ice.ufrag())) {
                directory.expected().remove(unused, this); // a restart before the last one was used
            }
            if (isOver()) {
                directory.expected().remove(local.ufrag(), this);
            }
        });
    }

    @Override
    public PeerStats stats() {
        return media.stats(checks, moves);
    }

    @Override
    public void close() {
        shard.execute(() -> end(PeerState.CLOSED, ""));
    }

    /** Waits until the peer was told of the end, at most until {@code deadlineNanos}. */
    void awaitFarewell(long deadlineNanos) {
        dtls.awaitEnd(deadlineNanos);
    }

    @Override
    public String toString() {
        return "peer " + settings.local().ufrag() + " (" + state + ", we are DTLS "
                + (settings.role() == DtlsRole.SERVER ? "server" : "client") + ")";
    }
}
