package io.parley.media.node.health;

import io.parley.media.rtp.PacketKind;
import io.parley.media.rtp.stun.JdkStunHmac;
import io.parley.media.rtp.stun.StunMessage;
import io.parley.media.rtp.stun.StunType;
import io.parley.media.rtp.stun.StunWriter;
import io.parley.media.transport.DtlsRole;
import io.parley.media.transport.Fingerprint;
import io.parley.media.transport.IceCredentials;
import io.parley.media.transport.dtls.DtlsIdentity;
import io.parley.media.transport.dtls.DtlsSession;
import io.parley.media.transport.srtp.JdkCrypto;
import io.parley.media.transport.srtp.SrtpCipher;
import io.parley.media.transport.srtp.SrtpKeys;
import io.parley.media.transport.srtp.SrtpReceiver;
import io.parley.media.transport.srtp.SrtpSender;
import io.parley.schema.SystemClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client with a voice and one place to hear another: offers, proves its path, shakes hands, sends and counts what it
 * hears. Made of the node's own parts, but it meets the node only through a socket. Any thread may call it.
 */
public final class Caller implements AutoCloseable, DtlsSession.Outcome {
    private static final int PACKET_BYTES = 2_048;
    private static final int VOICE_BYTES = 60;
    private static final int SAMPLES = 960;
    private static final int HEADER_BYTES = 12;
    private static final int OPUS = 111;
    private static final int TRANSACTION_BYTES = 12;

    private final IceCredentials local;
    private final DtlsIdentity identity;
    private final SecureRandom random;
    private final DatagramSocket socket;
    private final CompletableFuture<Void> proven = new CompletableFuture<>();
    private final CompletableFuture<SrtpSender> sender = new CompletableFuture<>();
    private final AtomicInteger heard = new AtomicInteger();
    private final Semaphore unread = new Semaphore(0);
    private volatile @Nullable SrtpReceiver receiver;
    private volatile @Nullable DtlsSession dtls;
    private volatile @Nullable IceCredentials remote;
    private volatile @Nullable InetSocketAddress server;
    private int sequence;

    /** {@code from} is an address of this machine; throws UncheckedIOException when there is no socket for it. */
    public Caller(InetAddress from, DtlsIdentity identity, SecureRandom random) {
        this.random = random;
        this.identity = identity;
        local = IceCredentials.fresh(random);
        try {
            socket = new DatagramSocket(new InetSocketAddress(from, 0));
        } catch (IOException failure) {
            throw new UncheckedIOException("no socket at " + from, failure);
        }
        Thread.ofVirtual().name("caller").start(this::read);
    }

    /** The session description to join with: a voice in section 0, one receive slot in section 1. */
    public String offer() {
        return """
                v=0
                o=- 1 1 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=group:BUNDLE 0 1
                m=audio 9 UDP/TLS/RTP/SAVPF 111
                c=IN IP4 0.0.0.0
                a=mid:0
                a=ice-ufrag:%s
                a=ice-pwd:%s
                a=fingerprint:%s
                a=setup:active
                a=sendonly
                a=rtcp-mux
                a=rtpmap:111 opus/48000/2
                a=ssrc:77 cname:caller
                m=audio 9 UDP/TLS/RTP/SAVPF 111
                c=IN IP4 0.0.0.0
                a=mid:1
                a=recvonly
                a=rtcp-mux
                a=rtpmap:111 opus/48000/2
                """.formatted(local.ufrag(), local.password(), identity.fingerprint());
    }

    /**
     * Connects to the media port as the node's answer says; completes when media can go both ways, fails when it never
     * will.
     */
    public CompletableFuture<Void> connect(String answer, InetSocketAddress port) {
        server = port;
        remote = new IceCredentials(attribute(answer, "ice-ufrag"), attribute(answer, "ice-pwd"));
        var secured = new DtlsSession(
                identity, DtlsRole.CLIENT, Fingerprint.parse(attribute(answer, "fingerprint")), this::send, this);
        dtls = secured;
        check();
        return proven.thenCompose(_ -> {
            secured.start();
            return sender.thenApply(_ -> null);
        });
    }

    private static String attribute(String sdp, String name) {
        var matcher =
                Pattern.compile("^a=" + name + ":(.*?)\\s*$", Pattern.MULTILINE).matcher(sdp);
        if (!matcher.find()) {
            throw new IllegalStateException("the answer lacks a=" + name);
        }
        return matcher.group(1);
    }

    /** Sends a connectivity check that nominates this path: again when one was lost, and to keep consent. */
    public void check() {
        var peer = remote;
        if (peer == null) {
            return;
        }
        byte[] transaction = new byte[TRANSACTION_BYTES];
        random.nextBytes(transaction);
        byte[] bytes = new byte[PACKET_BYTES];
        var writer = new StunWriter();
        writer.begin(MemorySegment.ofArray(bytes), 0, bytes.length, StunType.BINDING_REQUEST, transaction)
                .attribute(StunType.USERNAME, (peer.ufrag() + ":" + local.ufrag()).getBytes(StandardCharsets.US_ASCII))
                .tieBreaker(StunType.ICE_CONTROLLING, 1)
                .number(StunType.PRIORITY, 1)
                .flag(StunType.USE_CANDIDATE);
        writer.integrity(new JdkStunHmac(peer.password().getBytes(StandardCharsets.US_ASCII)))
                .fingerprint();
        send(Arrays.copyOf(bytes, writer.finish()));
    }

    private void read() {
        byte[] bytes = new byte[PACKET_BYTES];
        var packet = new DatagramPacket(bytes, bytes.length);
        try (var arena = Arena.ofConfined()) {
            var memory = arena.allocate(PACKET_BYTES);
            while (!socket.isClosed()) {
                packet.setLength(bytes.length);
                socket.receive(packet);
                accept(Arrays.copyOf(bytes, packet.getLength()), memory);
            }
        } catch (IOException closed) {
            // the end of the call
        }
    }

    private void accept(byte[] bytes, MemorySegment memory) {
        var view = MemorySegment.ofArray(bytes);
        switch (PacketKind.of(view, 0, bytes.length)) {
            case STUN -> {
                var message = new StunMessage();
                if (message.parse(view, 0, bytes.length) && message.type() == StunType.BINDING_SUCCESS) {
                    proven.complete(null);
                }
            }
            case DTLS -> {
                var secured = dtls;
                if (secured != null) {
                    secured.receive(bytes);
                }
            }
            case RTP -> {
                var opener = receiver;
                if (opener != null) {
                    MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
                    if (opener.openRtp(memory, 0, bytes.length) > 0) {
                        heard.incrementAndGet();
                        unread.release();
                    }
                }
            }
            case RTCP, ZRTP, TURN_CHANNEL, UNKNOWN -> {} // reports are of no interest here
        }
    }

    /** Sends 20 ms of a made-up voice. Only after {@link #connect} has completed. */
    public synchronized void speak() {
        var protector = sender.getNow(null);
        if (protector == null) {
            return;
        }
        byte[] rtp = new byte[HEADER_BYTES + VOICE_BYTES];
        random.nextBytes(rtp);
        var header = ByteBuffer.wrap(rtp);
        header.put((byte) 0x80)
                .put((byte) OPUS)
                .putShort((short) sequence)
                .putInt(sequence * SAMPLES)
                .putInt(77);
        sequence++;
        try (var arena = Arena.ofConfined()) {
            var memory = arena.allocate(PACKET_BYTES);
            MemorySegment.copy(rtp, 0, memory, ValueLayout.JAVA_BYTE, 0, rtp.length);
            int length = protector.protectRtp(memory, 0, rtp.length);
            send(memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** How many packets of others came, authentic. */
    public int heard() {
        return heard.get();
    }

    /** Waits for one more packet of others; false when none came in time. */
    public boolean hears(long millis) throws InterruptedException {
        return unread.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }

    private void send(byte[] datagram) {
        var to = server;
        if (to == null) {
            return;
        }
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, to));
        } catch (IOException lost) {
            // as good as lost on the way
        }
    }

    @Override
    public void established(SrtpKeys localKeys, SrtpKeys remoteKeys) {
        receiver = new SrtpReceiver(SrtpCipher.of(remoteKeys, new JdkCrypto()));
        sender.complete(new SrtpSender(SrtpCipher.of(localKeys, new JdkCrypto())));
    }

    @Override
    public void ended(String reason) {
        sender.completeExceptionally(new IllegalStateException(reason));
    }

    /** Hangs up; returns when the node was told, or soon. */
    @Override
    public void close() {
        var secured = dtls;
        if (secured != null) {
            secured.close();
            secured.awaitEnd(new SystemClock().monoNanos() + TimeUnit.SECONDS.toNanos(1));
        }
        socket.close();
    }
}
