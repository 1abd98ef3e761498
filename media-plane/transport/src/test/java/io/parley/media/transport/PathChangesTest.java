package io.parley.media.transport;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A peer keeps its session when its address or its credentials change. */
final class PathChangesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SecureRandom random = new SecureRandom();
    private final Echo echo = new Echo();
    private final IceCredentials ours = IceCredentials.fresh(random);

    @ParameterizedTest(name = "{0}, {1} shard(s)")
    @CsvSource({"NATIVE, 1", "NATIVE, 4", "NIO, 4"})
    void packetsFollowANominationToAnotherAddress(TransportConfig.Engine engine, int shards) throws Exception {
        try (var transport = HostilePeersTest.open(engine, shards);
                var peer = peer(transport)) {
            var session = expect(transport, peer);
            peer.connect();
            for (int move = 0; move < 8; move++) { // with four shards most addresses are another's than the peer's
                peer.send(peer.sealed());
                assertEquals(2 * move + 1, peer.echoed());
                peer.moveTo();
                peer.prove();
                peer.send(peer.sealed());
                assertEquals(2 * move + 2, peer.echoed());
            }
            assertEquals(8, session.stats().moves());
        }
    }

    @ParameterizedTest(name = "{0}, {1} shard(s)")
    @CsvSource({"NATIVE, 1", "NIO, 3"})
    void aRestartEndsTheOldCredentialsWithItsFirstCheck(TransportConfig.Engine engine, int shards) throws Exception {
        try (var transport = HostilePeersTest.open(engine, shards);
                var peer = peer(transport)) {
            var session = expect(transport, peer);
            peer.connect();
            var renewed = IceCredentials.fresh(random);
            session.restart(renewed, peer.local.ufrag());
            peer.prove(); // the old ones still count
            peer.check(renewed, true);
            assertNotNull(peer.answers.poll(30, TimeUnit.SECONDS));
            peer.check(ours, true);
            await().atMost(PATIENCE).until(() -> unknown(transport) == 1);
            assertNull(peer.answers.poll());
            peer.send(peer.sealed());
            assertEquals(1, peer.echoed());
            assertThrows(IllegalArgumentException.class, () -> session.restart(renewed, "other"));
        }
    }

    private static long unknown(MediaTransport transport) {
        return transport.shards().stream()
                .mapToLong(shard -> shard.stats().unknownUfrag())
                .sum();
    }

    private PeerTransport expect(MediaTransport transport, LoopbackPeer peer) {
        var settings = new PeerSettings(ours, peer.local.ufrag(), peer.identity.fingerprint(), DtlsRole.SERVER);
        return transport.expect(settings, transport.shards().getLast(), echo);
    }

    private LoopbackPeer peer(MediaTransport transport) throws Exception {
        return new LoopbackPeer(transport.candidates().getFirst().port(), ours, transport.fingerprint());
    }
}
