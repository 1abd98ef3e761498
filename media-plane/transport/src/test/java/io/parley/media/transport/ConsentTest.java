package io.parley.media.transport;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.transport.TransportConfig.Engine;
import io.parley.media.transport.loop.NodeTransport;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A peer that sends no checks any more gets no packets any more. */
final class ConsentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000); // wraps in the middle of the test
    private final Echo echo = new Echo();
    private final IceCredentials ours = IceCredentials.fresh(new SecureRandom());

    @Test
    void consentLastsThirtySecondsFromEachCheck() throws Exception {
        try (var transport = open();
                var peer = new LoopbackPeer(transport.candidates().getFirst().port(), ours, transport.fingerprint())) {
            var session = expect(transport, peer);
            peer.connect();
            pass(transport, Duration.ofSeconds(29));
            peer.prove();
            pass(transport, Duration.ofSeconds(29));
            peer.send(peer.sealed());
            assertEquals(1, peer.echoed());
            pass(transport, Duration.ofSeconds(2));
            await().atMost(PATIENCE).until(() -> session.state() == PeerState.FAILED);
            assertEquals("FAILED: no consent for 30 s", echo.states.getLast());
            assertTrue(peer.end.get().contains("closed"), "the peer is told");
        }
    }

    @Test
    void aPeerThatFallsSilentIsReportedAndSoIsItsReturn() throws Exception {
        try (var transport = open();
                var peer = new LoopbackPeer(transport.candidates().getFirst().port(), ours, transport.fingerprint())) {
            var session = expect(transport, peer);
            peer.connect();
            pass(transport, Duration.ofSeconds(2));
            assertEquals(PeerState.CONNECTED, session.state());
            pass(transport, Duration.ofSeconds(9));
            assertEquals(PeerState.SILENT, session.state());
            assertEquals("SILENT: nothing came for 8 s", echo.states.getLast());
            peer.send(peer.sealed());
            assertEquals(1, peer.echoed(), "packets go out all the while");
            pass(transport, Duration.ofSeconds(1));
            assertEquals(PeerState.CONNECTED, session.state());
        }
    }

    @Test
    void aPeerThatNeverComesIsNotExpectedForEver() throws Exception {
        try (var transport = open();
                var peer = new LoopbackPeer(transport.candidates().getFirst().port(), ours, transport.fingerprint())) {
            var session = expect(transport, peer);
            pass(transport, Duration.ofSeconds(31));
            await().atMost(PATIENCE).until(() -> session.state() == PeerState.FAILED);
            assertEquals("FAILED: no valid check came for 30 s", echo.states.getLast());
            peer.check(ours, true);
            await().atMost(PATIENCE)
                    .until(() -> transport.shards().getFirst().stats().unknownUfrag() == 1);
            expect(transport, peer); // the user fragment is free again
        }
    }

    /** Moves the clock on, and waits until the shard has seen it in two turns, so that what was due has run. */
    private void pass(MediaTransport transport, Duration time) {
        onShard(transport);
        clock.addAndGet(time.toNanos());
        onShard(transport);
        onShard(transport);
    }

    private static void onShard(MediaTransport transport) {
        var done = new CompletableFuture<Boolean>();
        var shard = transport.shards().getFirst();
        shard.execute(() -> shard.execute(() -> done.complete(true)));
        done.join();
    }

    private MediaTransport open() {
        var loopback = InetAddress.getLoopbackAddress();
        var config = new TransportConfig(List.of(loopback), 0, List.of(), 1, Engine.AUTO, false);
        return NodeTransport.open(config, clock::get);
    }

    private PeerTransport expect(MediaTransport transport, LoopbackPeer peer) {
        var settings = new PeerSettings(ours, peer.local.ufrag(), peer.identity.fingerprint(), DtlsRole.SERVER);
        return transport.expect(settings, transport.shards().getFirst(), echo);
    }
}
