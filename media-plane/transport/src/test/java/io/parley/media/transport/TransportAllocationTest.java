package io.parley.media.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.sun.management.ThreadMXBean;
import io.parley.media.rtp.RtpHeader;
import io.parley.media.transport.TransportConfig.Engine;
import io.parley.media.transport.engine.NativeEngine;
import io.parley.media.transport.memory.PacketBuffer;
import io.parley.media.transport.srtp.OpenSslCrypto;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From socket to socket, through decryption, forwarding and encryption: no packet costs the shard's thread a byte. */
final class TransportAllocationTest {
    private static final int PACKETS = 3_000;
    private static final int COPIES = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int UNDER_WAY = 128;
    private static final int TURNS = 5_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final IceCredentials ours = IceCredentials.fresh(new SecureRandom());

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aForwardedPacketCostsNoHeap() throws Exception {
        Assumptions.assumeTrue(
                NativeEngine.isAvailable() && OpenSslCrypto.isAvailable(), "only the fast parts promise it");
        try (var transport = HostilePeersTest.open(Engine.NATIVE, 1);
                var peer = new LoopbackPeer(transport.candidates().getFirst().port(), ours, transport.fingerprint())) {
            var forward = new Forward(threads);
            var settings = new PeerSettings(ours, peer.local.ufrag(), peer.identity.fingerprint(), DtlsRole.SERVER);
            transport.expect(settings, transport.shards().getFirst(), forward);
            peer.connect();
            long least = Long.MAX_VALUE;
            long endNanos = System.nanoTime() + PATIENCE.toNanos();
            // Until the compiler has come to the calls into the system, each turn costs 64 B.
            while (least > 0 && System.nanoTime() - endNanos < 0) {
                peer.sink = false;
                takeTurns(peer);
                peer.sink = true;
                least = Math.min(least, forwardSome(transport.shards().getFirst(), peer, forward));
            }
            assertEquals(0, least, "bytes for " + PACKETS + " packets, each forwarded " + COPIES + " times");
        }
    }

    /** Makes the shard take many short turns: a packet, its copies, a wait. */
    private static void takeTurns(LoopbackPeer peer) throws InterruptedException {
        for (int turn = 0; turn < TURNS; turn++) {
            peer.media.clear();
            peer.send(peer.sealed());
            assertNotNull(peer.media.poll(30, TimeUnit.SECONDS));
        }
    }

    /** What the shard's thread allocates for packets that come one by one: most turns see few, so there are many. */
    private long forwardSome(Shard shard, LoopbackPeer peer, Forward forward) {
        var done = new CompletableFuture<Long>();
        var begun = new CompletableFuture<Boolean>();
        shard.execute(() -> {
            forward.begin(PACKETS, done, begun);
        });
        begun.join();
        for (int i = 0; i < PACKETS; i++) {
            peer.send(peer.sealed());
            while (i - forward.received > UNDER_WAY && !done.isDone()) {
                Thread.onSpinWait(); // so that the smallest socket buffer loses nothing
            }
        }
        return done.join();
    }

    /** Sends each packet back several times, each copy as a source of its own, and notes when the last was received. */
    private static final class Forward implements PeerListener {
        private final ThreadMXBean threads;
        private CompletableFuture<Long> done = new CompletableFuture<>();
        private int expected;
        private volatile int received;
        private long allocatedBefore;

        private Forward(ThreadMXBean threads) {
            this.threads = threads;
        }

        void begin(int packets, CompletableFuture<Long> whenDone, CompletableFuture<Boolean> begun) {
            done = whenDone;
            expected = packets;
            received = 0;
            begun.complete(true);
            allocatedBefore = threads.getCurrentThreadAllocatedBytes();
        }

        @Override
        public void onState(PeerTransport peer, PeerState state, String reason) {}

        @Override
        public void onRtp(PeerTransport peer, PacketBuffer packet, long arrivalNanos) {
            for (int copy = 0; copy < COPIES; copy++) {
                int at = peer.reserve();
                var outgoing = peer.shard().outgoing();
                MemorySegment.copy(packet.memory(), packet.offset(), outgoing, at, packet.length());
                RtpHeader.ssrc(outgoing, at, 1_000 + copy);
                peer.sendReservedRtp(packet.length());
            }
            int count = received + 1;
            received = count;
            if (count == expected) {
                done.complete(threads.getCurrentThreadAllocatedBytes() - allocatedBefore);
            }
        }

        @Override
        public void onRtcp(PeerTransport peer, PacketBuffer packet, long arrivalNanos) {}
    }
}
