package io.parley.media.transport.bench;

import io.parley.media.rtp.memory.Bytes;
import io.parley.media.transport.DtlsRole;
import io.parley.media.transport.IceCredentials;
import io.parley.media.transport.LoopbackPeer;
import io.parley.media.transport.MediaTransport;
import io.parley.media.transport.PeerListener;
import io.parley.media.transport.PeerSettings;
import io.parley.media.transport.PeerState;
import io.parley.media.transport.PeerTransport;
import io.parley.media.transport.Shard;
import io.parley.media.transport.TransportConfig;
import io.parley.media.transport.TransportConfig.Engine;
import io.parley.media.transport.memory.PacketBuffer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Both engines in one run: sending bursts to many connected peers, and receiving. {@code [--runs N] [--json FILE]} */
public final class TransportBench {
    private static final int PEERS = 50;
    private static final int BYTES = 1_200;
    private static final int BLOCK = 2_000;
    private static final int BLOCKS = 10;
    private static final String METHOD = "One shard, 50 peers with real ICE, DTLS and SRTP (GCM, 1,200 B) on loopback;"
            + " CPU is that of the shard's thread, in-kernel sending and delivery included; runs of 1 s after 2 s of"
            + " warm-up; receiving: bursts of 2,000 packets that wait in the socket.";

    private final Report report = new Report("transport", METHOD);
    private final SecureRandom random = new SecureRandom();
    private final int runs;

    private TransportBench(int runs) {
        this.runs = runs;
    }

    public static void main(String[] arguments) throws Exception {
        int runs = 3;
        String json = "";
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--runs" -> runs = Integer.parseInt(arguments[i + 1]);
                case "--json" -> json = arguments[i + 1];
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        var bench = new TransportBench(runs);
        bench.measure(Engine.NIO);
        bench.measure(Engine.NATIVE);
        bench.report.print(System.out);
        if (!json.isEmpty()) {
            bench.report.write(Path.of(json));
        }
        System.exit(0); // whoever still reads a socket has nothing more to say
    }

    private void measure(Engine engine) throws Exception {
        var loopback = InetAddress.getLoopbackAddress();
        for (int burst : new int[] {1, 4, 10}) {
            try (var transport =
                    MediaTransport.open(new TransportConfig(List.of(loopback), 0, List.of(), 1, engine, false))) {
                var shard = transport.shards().getFirst();
                var clients = new ArrayList<LoopbackPeer>();
                var peers = connect(transport, clients);
                send(shard, peers, engine + ", runs of " + burst, burst);
                if (burst == 1) {
                    receive(shard, clients, engine + ", receiving");
                }
                clients.forEach(LoopbackPeer::close);
            }
        }
    }

    private List<PeerTransport> connect(MediaTransport transport, List<LoopbackPeer> clients) throws Exception {
        var peers = new ArrayList<PeerTransport>();
        for (int i = 0; i < PEERS; i++) {
            var ours = IceCredentials.fresh(random);
            int port = transport.candidates().getFirst().port();
            var client = new LoopbackPeer(port, ours, transport.fingerprint());
            client.sink = true;
            var settings = new PeerSettings(ours, client.local.ufrag(), client.identity.fingerprint(), DtlsRole.SERVER);
            var connected = new CountDownLatch(1);
            peers.add(transport.expect(settings, transport.shards().getFirst(), new Silent(connected)));
            client.connect();
            if (!connected.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a peer did not connect");
            }
            clients.add(client);
        }
        return peers;
    }

    private void send(Shard shard, List<PeerTransport> peers, String name, int burst) {
        var pump = new Pump(shard, peers, burst);
        shard.execute(() -> shard.eachTurn(pump));
        pump.running = true;
        shard.wake();
        pause(2_000);
        for (int run = 0; run < runs; run++) {
            var before = Meter.read(shard);
            pause(1_000);
            Meter.read(shard).reportSent(report, name, before);
        }
        pump.running = false;
    }

    /** Fills the socket while the shard is held up, then lets it work off what is there. */
    private void receive(Shard shard, List<LoopbackPeer> clients, String name) throws InterruptedException {
        for (int run = -2; run < runs; run++) {
            Meter before = Meter.read(shard);
            for (int block = 0; block < BLOCKS; block++) {
                var packets = new ArrayList<byte[]>();
                for (int i = 0; i < BLOCK; i++) {
                    packets.add(clients.get(i % PEERS).sealed(BYTES));
                }
                var filled = new CountDownLatch(1);
                shard.execute(() -> awaitQuietly(filled));
                for (int i = 0; i < BLOCK; i++) {
                    clients.get(i % PEERS).send(packets.get(i));
                }
                filled.countDown();
                Meter.read(shard);
            }
            if (run >= 0) {
                Meter.read(shard).reportReceived(report, name, before);
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Sends a burst to every peer in every turn. */
    private static final class Pump implements Shard.Hook {
        private final Shard shard;
        private final PeerTransport[] peers;
        private final int burst;
        private int sequence;
        volatile boolean running;

        private Pump(Shard shard, List<PeerTransport> peers, int burst) {
            this.shard = shard;
            this.peers = peers.toArray(PeerTransport[]::new);
            this.burst = burst;
        }

        @Override
        public long run(long nowNanos) {
            if (!running) {
                return Long.MAX_VALUE;
            }
            for (int i = 0; i < burst; i++) {
                sequence++;
                for (var peer : peers) {
                    int at = peer.reserve();
                    var memory = shard.outgoing();
                    Bytes.put32(memory, at, 0x8060_0000 | (sequence & 0xffff));
                    Bytes.put32(memory, at + 8, LoopbackPeer.SSRC);
                    peer.sendReservedRtp(BYTES);
                }
            }
            return 0;
        }
    }

    private record Silent(CountDownLatch connected) implements PeerListener {
        @Override
        public void onState(PeerTransport peer, PeerState state, String reason) {
            if (state == PeerState.CONNECTED) {
                connected.countDown();
            }
        }

        @Override
        public void onRtp(PeerTransport peer, PacketBuffer packet, long arrivalNanos) {}

        @Override
        public void onRtcp(PeerTransport peer, PacketBuffer packet, long arrivalNanos) {}
    }
}
