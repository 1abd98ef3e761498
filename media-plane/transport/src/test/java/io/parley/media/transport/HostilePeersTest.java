package io.parley.media.transport;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.transport.TransportConfig.Engine;
import io.parley.media.transport.dtls.DtlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers and strangers that misbehave are refused and counted, and disturb nobody else. */
final class HostilePeersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PASSWORD = "wrongwrongwrongwrongwrong";

    private final Echo echo = new Echo();
    private final IceCredentials ours = IceCredentials.fresh(new SecureRandom());

    @Test
    void anotherCertificateThanTheOneAnnouncedIsRefused() throws Exception {
        try (var transport = open(Engine.AUTO, 1);
                var peer = peer(transport)) {
            var announced = DtlsIdentity.fresh(new SecureRandom(), Instant.now());
            var session = expect(transport, peer, announced.fingerprint());
            peer.prove();
            peer.startDtls();
            assertTrue(peer.end.get(30, TimeUnit.SECONDS).contains("bad_certificate"), peer.end.join());
            await().atMost(PATIENCE).until(() -> session.state() == PeerState.FAILED);
            assertTrue(echo.states.getLast().contains("not the one its SDP named"), echo.states.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NATIVE", "NIO"})
    void aReplayedPacketIsDroppedAndCounted(Engine engine) throws Exception {
        try (var transport = open(engine, 1);
                var peer = peer(transport)) {
            var session = expect(transport, peer, peer.identity.fingerprint());
            peer.connect();
            byte[] packet = peer.sealed();
            for (int i = 0; i < 50; i++) {
                peer.send(packet);
            }
            byte[] forged = peer.sealed();
            forged[40] ^= 1;
            peer.send(forged);
            peer.send(peer.sealed());
            assertEquals(1, peer.echoed());
            assertEquals(3, peer.echoed());
            assertEquals(49, session.stats().replayedPackets());
            assertEquals(1, session.stats().inauthenticPackets());
        }
    }

    @Test
    void aStrangerWithoutThePasswordIsIgnored() throws Exception {
        try (var transport = open(Engine.AUTO, 1);
                var peer = peer(transport);
                var stranger = peer(transport)) {
            expect(transport, peer, peer.identity.fingerprint());
            peer.connect();
            stranger.send(peer.sealed()); // a true packet, from an address that no check has proven
            stranger.send(LoopbackPeer.checkBytes(ours.ufrag() + ":" + peer.local.ufrag(), PASSWORD, true));
            stranger.send(LoopbackPeer.checkBytes(ours.ufrag() + ":other", ours.password(), true));
            var shard = transport.shards().getFirst();
            await().atMost(PATIENCE).until(() -> shard.stats().badIntegrity() == 2);
            peer.send(peer.sealed());
            assertEquals(2, peer.echoed(), "the nominated path is the peer's own still");
            assertEquals(1, shard.stats().unknownSource());
            assertNull(stranger.answers.poll());
            assertNull(stranger.media.poll());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NATIVE", "NIO"})
    void floodsAndGarbageAreCountedAndLeaveNothingBehind(Engine engine) throws Exception {
        int flood = 5_000;
        var random = new Random(11);
        try (var transport = open(engine, 1);
                var peer = peer(transport);
                var stranger = peer(transport)) {
            expect(transport, peer, peer.identity.fingerprint());
            peer.connect();
            byte[] check = LoopbackPeer.checkBytes("nobody:here", PASSWORD, true);
            for (int i = 0; i < flood; i++) {
                stranger.send(check);
                stranger.send(garbage(random, check));
                peer.send(garbage(random, check)); // from a proven address
                if (i % 100 == 0) {
                    peer.send(peer.sealed());
                    peer.echoed();
                }
            }
            peer.send(peer.sealed());
            assertEquals(flood / 100 + 1, peer.echoed());
            var shard = transport.shards().getFirst();
            var stats = shard.stats();
            assertTrue(stats.unknownUfrag() > flood / 2, stats.toString());
            assertTrue(stats.malformed() > 0 && stats.unknownSource() > 0, stats.toString());
            await().atMost(PATIENCE).until(() -> buffersInUse(shard) <= Limits.RECEIVE_BATCH);
        }
    }

    private static byte[] garbage(Random random, byte[] check) {
        byte[] bytes = random.nextBoolean() ? check.clone() : new byte[random.nextInt(400)];
        if (bytes.length != check.length) {
            random.nextBytes(bytes);
            return bytes;
        }
        for (int i = 0; i < 3; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static int buffersInUse(Shard shard) {
        var answer = new CompletableFuture<Integer>();
        shard.execute(() -> answer.complete(shard.packets().inUse()));
        return answer.join();
    }

    private PeerTransport expect(MediaTransport transport, LoopbackPeer peer, Fingerprint fingerprint) {
        var settings = new PeerSettings(ours, peer.local.ufrag(), fingerprint, DtlsRole.SERVER);
        return transport.expect(settings, transport.shards().getLast(), echo);
    }

    private LoopbackPeer peer(MediaTransport transport) throws IOException {
        return new LoopbackPeer(transport.candidates().getFirst().port(), ours, transport.fingerprint());
    }

    static MediaTransport open(Engine engine, int shards) {
        var loopback = InetAddress.getLoopbackAddress();
        return MediaTransport.open(new TransportConfig(List.of(loopback), 0, List.of(), shards, engine, false));
    }
}
