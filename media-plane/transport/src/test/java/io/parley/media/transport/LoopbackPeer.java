package io.parley.media.transport;

import static java.util.Objects.requireNonNull;

import io.parley.media.rtp.PacketKind;
import io.parley.media.rtp.stun.JdkStunHmac;
import io.parley.media.rtp.stun.StunMessage;
import io.parley.media.rtp.stun.StunType;
import io.parley.media.rtp.stun.StunWriter;
import io.parley.media.transport.dtls.DtlsIdentity;
import io.parley.media.transport.dtls.DtlsSession;
import io.parley.media.transport.srtp.JdkCrypto;
import io.parley.media.transport.srtp.SrtpCipher;
import io.parley.media.transport.srtp.SrtpKeys;
import io.parley.media.transport.srtp.SrtpReceiver;
import io.parley.media.transport.srtp.SrtpSender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** A client made of our own parts, that can also misbehave. One socket; {@link #moveTo} changes it. */
public final class LoopbackPeer implements AutoCloseable, DtlsSession.Outcome {
    public static final int SSRC = 77;

    final IceCredentials remote;
    public final IceCredentials local;
    public final DtlsIdentity identity;
    final BlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
    final BlockingQueue<byte[]> media = new LinkedBlockingQueue<>();
    final CompletableFuture<String> end = new CompletableFuture<>();

    /** Whether media that comes is dropped instead of kept. */
    public volatile boolean sink;

    private final InetSocketAddress server;
    private final DtlsSession dtls;
    private final CompletableFuture<SrtpSender> sender = new CompletableFuture<>();
    private final CompletableFuture<SrtpReceiver> receiver = new CompletableFuture<>();
    private final MemorySegment memory = Arena.ofAuto().allocate(2_048);
    private volatile DatagramSocket socket;
    private int sequence = 1;

    public LoopbackPeer(int port, IceCredentials remote, Fingerprint fingerprint) throws SocketException {
        this.remote = remote;
        var random = new SecureRandom();
        local = IceCredentials.fresh(random);
        identity = DtlsIdentity.fresh(random, Instant.now());
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        socket = open();
        dtls = new DtlsSession(identity, DtlsRole.CLIENT, fingerprint, this::send, this);
    }

    private DatagramSocket open() throws SocketException {
        var opened = new DatagramSocket(new InetSocketAddress(server.getAddress(), 0));
        Thread.ofVirtual().start(() -> read(opened));
        return opened;
    }

    /** Continues from another address, as after a change of network. */
    void moveTo() throws SocketException {
        var before = socket;
        socket = open();
        before.close();
    }

    private void read(DatagramSocket from) {
        byte[] bytes = new byte[2_048];
        var packet = new DatagramPacket(bytes, bytes.length);
        try {
            for (int i = 0; !from.isClosed(); i++) {
                if (sink && i % 8 == 0) {
                    LockSupport.parkNanos(2_000_000); // so that the sender does not pay for waking us with each packet
                }
                packet.setLength(bytes.length);
                from.receive(packet);
                accept(Arrays.copyOf(bytes, packet.getLength()));
            }
        } catch (IOException closed) {
            // the end of this socket
        }
    }

    private void accept(byte[] bytes) {
        var view = MemorySegment.ofArray(bytes);
        switch (PacketKind.of(view, 0, bytes.length)) {
            case STUN -> {
                var message = new StunMessage();
                boolean parsed = message.parse(view, 0, bytes.length);
                answers.add(parsed && message.type() == StunType.BINDING_SUCCESS);
            }
            case DTLS -> dtls.receive(bytes);
            case RTP, RTCP -> {
                if (!sink) {
                    media.add(bytes);
                }
            }
            case ZRTP, TURN_CHANNEL, UNKNOWN -> throw new IllegalStateException("the port sends nothing such");
        }
    }

    /** Sends a check. */
    void check(IceCredentials with, boolean nominate) {
        send(checkBytes(with.ufrag() + ":" + local.ufrag(), with.password(), nominate));
    }

    static byte[] checkBytes(String username, String password, boolean nominate) {
        byte[] transaction = new byte[12];
        RandomGenerator.getDefault().nextBytes(transaction);
        byte[] bytes = new byte[1_024];
        var writer = new StunWriter();
        writer.begin(MemorySegment.ofArray(bytes), 0, bytes.length, StunType.BINDING_REQUEST, transaction)
                .attribute(StunType.USERNAME, username.getBytes(StandardCharsets.US_ASCII))
                .tieBreaker(StunType.ICE_CONTROLLING, 1)
                .number(StunType.PRIORITY, 1);
        if (nominate) {
            writer.flag(StunType.USE_CANDIDATE);
        }
        writer.integrity(new JdkStunHmac(password.getBytes(StandardCharsets.US_ASCII)))
                .fingerprint();
        return Arrays.copyOf(bytes, writer.finish());
    }

    /** Proves this address and waits for the answer. */
    void prove() throws InterruptedException {
        check(remote, true);
        requireNonNull(answers.poll(30, TimeUnit.SECONDS), "no answer to a valid check");
    }

    /** Checks, shakes hands, and waits for the keys. */
    public void connect() throws InterruptedException {
        prove();
        dtls.start();
        sender.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Begins the handshake without waiting for its end. */
    void startDtls() {
        dtls.start();
    }

    /** A protected packet with the next sequence number. */
    byte[] sealed() {
        return sealed(100);
    }

    public byte[] sealed(int bytes) {
        byte[] rtp = new byte[bytes];
        rtp[0] = (byte) 0x80;
        rtp[2] = (byte) (sequence >> 8);
        rtp[3] = (byte) sequence++;
        rtp[11] = SSRC;
        MemorySegment.copy(rtp, 0, memory, ValueLayout.JAVA_BYTE, 0, rtp.length);
        int length = sender.join().protectRtp(memory, 0, rtp.length);
        return memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /** The sequence number of the next packet that comes back. */
    int echoed() throws InterruptedException {
        byte[] packet = requireNonNull(media.poll(30, TimeUnit.SECONDS), "no echo");
        MemorySegment.copy(packet, 0, memory, ValueLayout.JAVA_BYTE, 0, packet.length);
        int length = receiver.join().openRtp(memory, 0, packet.length);
        if (length < 0) {
            throw new IllegalStateException("what came back does not open: " + length);
        }
        return ((packet[2] & 0xff) << 8) | (packet[3] & 0xff);
    }

    public void send(byte[] datagram) {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, server));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void established(SrtpKeys localKeys, SrtpKeys remoteKeys) {
        receiver.complete(new SrtpReceiver(SrtpCipher.of(remoteKeys, new JdkCrypto())));
        sender.complete(new SrtpSender(SrtpCipher.of(localKeys, new JdkCrypto())));
    }

    @Override
    public void ended(String reason) {
        end.complete(reason);
        sender.completeExceptionally(new IllegalStateException(reason));
    }

    @Override
    public void close() {
        dtls.close();
        dtls.awaitEnd(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
        socket.close();
    }
}
