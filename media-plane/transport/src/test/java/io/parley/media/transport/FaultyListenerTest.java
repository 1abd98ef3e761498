package io.parley.media.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.transport.TransportConfig.Engine;
import io.parley.media.transport.memory.PacketBuffer;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A listener that breaks its word and throws costs nobody a packet or a buffer. */
final class FaultyListenerTest {
    private final IceCredentials ours = IceCredentials.fresh(new SecureRandom());

    @ParameterizedTest
    @EnumSource(names = {"NATIVE", "NIO"})
    void theOthersGoOnAndNoBufferIsLost(Engine engine) throws Exception {
        var echo = new Echo();
        var faulty = new PeerListener() {
            @Override
            public void onState(PeerTransport peer, PeerState state, String reason) {
                echo.onState(peer, state, reason);
            }

            @Override
            public void onRtp(PeerTransport peer, PacketBuffer packet, long arrivalNanos) {
                echo.onRtp(peer, packet, arrivalNanos);
                throw new IllegalStateException("a fault for this test");
            }

            @Override
            public void onRtcp(PeerTransport peer, PacketBuffer packet, long arrivalNanos) {}
        };
        try (var transport = HostilePeersTest.open(engine, 1);
                var peer = new LoopbackPeer(transport.candidates().getFirst().port(), ours, transport.fingerprint())) {
            var settings = new PeerSettings(ours, peer.local.ufrag(), peer.identity.fingerprint(), DtlsRole.SERVER);
            transport.expect(settings, transport.shards().getFirst(), faulty);
            peer.connect();
            for (int i = 1; i <= 300; i++) {
                peer.send(peer.sealed());
                assertEquals(i, peer.echoed());
            }
            var inUse = new CompletableFuture<Integer>();
            var shard = transport.shards().getFirst();
            shard.execute(() -> inUse.complete(shard.packets().inUse()));
            assertTrue(inUse.join() <= Limits.RECEIVE_BATCH, () -> inUse.join() + " buffers in use");
        }
    }
}
