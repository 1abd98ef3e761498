package io.parley.media.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A WebRTC client of another make connects over loopback and gets its packets back. */
final class PionPeerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Path binary = Path.of("");

    private final SecureRandom random = new SecureRandom();

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        binary = PionPeer.build();
    }

    @ParameterizedTest(name = "{0}, {1} SRTP, {2}, {3} shard(s), we are DTLS {4}")
    @CsvSource({
        "NIO, gcm, udp4, 1, passive",
        "NIO, cm, udp4, 1, active",
        "NIO, gcm, udp6, 1, passive",
        "NIO, gcm, udp4, 3, passive",
        "NATIVE, gcm, udp4, 1, passive",
        "NATIVE, cm, udp6, 1, passive",
        "NATIVE, gcm, udp4, 3, active",
        "NATIVE, gcm, tcp4, 1, passive",
        "NIO, cm, tcp6, 2, passive",
    })
    void packetsGoBothWays(TransportConfig.Engine engine, String profile, String network, int shards, String setup)
            throws IOException {
        var echo = new Echo();
        try (var transport = open(engine, network, shards);
                var pion = PionPeer.start(binary, "-profile", profile, "-network", network, "-packets", "600")) {
            var local = IceCredentials.fresh(random);
            var settings = SdpAnswer.settings(pion.next(), local, setup);
            var peer = transport.expect(settings, transport.shards().getLast(), echo);
            pion.answer(SdpAnswer.text(transport, settings, local, 96, 1));
            String result = pion.next();
            // It may drop what comes before its track is ready; we lose nothing.
            assertTrue(PionPeer.count(result, "intact") >= 590, result + " " + peer.stats() + echo.states);
            // 600 packets, and a report for each ten.
            Awaitility.await().atMost(PATIENCE).until(() -> peer.stats().receivedPackets() == 660);
            assertEquals(0, PionPeer.count(result, "broken"), result);
            assertTrue(PionPeer.count(result, "reports") > 0, result);
            assertEquals(0, peer.stats().replayedPackets() + peer.stats().inauthenticPackets());
            if (network.startsWith("tcp")) {
                return; // Pion drops what waits in its TCP queue when it closes, at times its goodbye too
            }
            // It closes its side, and we notice at once rather than when consent runs out.
            Awaitility.await().atMost(PATIENCE).until(() -> peer.state() == PeerState.FAILED);
            assertEquals(List.of("CHECKING", "CONNECTED", "FAILED: the peer closed the connection"), echo.states);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"NATIVE, udp4", "NATIVE, tcp4"})
    void anIceRestartKeepsTheMediaFlowing(TransportConfig.Engine engine, String network) throws IOException {
        var echo = new Echo();
        try (var transport = open(engine, network, 1);
                var pion = PionPeer.start(binary, "-network", network, "-packets", "400", "-restart")) {
            var local = IceCredentials.fresh(random);
            var settings = SdpAnswer.settings(pion.next(), local, "passive");
            var peer = transport.expect(settings, transport.shards().getFirst(), echo);
            pion.answer(SdpAnswer.text(transport, settings, local, 96, 1));
            var renewed = IceCredentials.fresh(random);
            peer.restart(renewed, SdpAnswer.attribute(pion.next(), "ice-ufrag"));
            pion.answer(SdpAnswer.text(transport, settings, renewed, 96, 2));
            String result = pion.next();
            assertEquals(1, PionPeer.count(result, "restarts"), result);
            assertTrue(PionPeer.count(result, "intact") >= 390, result + " " + peer.stats() + echo.states);
            assertEquals(0, PionPeer.count(result, "broken"), result);
        }
    }

    private static MediaTransport open(TransportConfig.Engine engine, String network, int shards) {
        var loopback = InetAddress.ofLiteral(network.endsWith("6") ? "::1" : "127.0.0.1");
        return MediaTransport.open(
                new TransportConfig(List.of(loopback), 0, List.of(), shards, engine, network.startsWith("tcp")));
    }
}
