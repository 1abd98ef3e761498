package io.parley.media.transport;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.transport.dtls.DtlsIdentity;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of strangers end, and cost nobody anything. */
final class TcpEdgeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int END_OF_STREAM = -1;

    private final IceCredentials ours = IceCredentials.fresh(new SecureRandom());

    @ParameterizedTest(name = "first frame: {0}")
    @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "", "\u0000\u0001x"})
    void whatBeginsWithNoCheckIsClosed(String first) throws IOException {
        try (var transport = open();
                var socket = connect(transport)) {
            byte[] bytes = first.getBytes(StandardCharsets.ISO_8859_1);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            assertEquals(END_OF_STREAM, socket.getInputStream().read());
        }
    }

    @Test
    void aCheckForNobodyIsClosedAndOneWithAWrongPasswordStaysUnanswered() throws IOException {
        try (var transport = open();
                var nobody = connect(transport);
                var forger = connect(transport)) {
            var fingerprint =
                    DtlsIdentity.fresh(new SecureRandom(), Instant.now()).fingerprint();
            transport.expect(
                    new PeerSettings(ours, "abcd", fingerprint, DtlsRole.SERVER),
                    transport.shards().getFirst(),
                    new Echo());
            frame(nobody, LoopbackPeer.checkBytes("nobody:abcd", ours.password(), true));
            assertEquals(END_OF_STREAM, nobody.getInputStream().read());
            frame(forger, LoopbackPeer.checkBytes(ours.ufrag() + ":abcd", "x".repeat(24), true));
            var shard = transport.shards().getFirst();
            await().atMost(PATIENCE).until(() -> shard.stats().badIntegrity() == 1);
            frame(forger, LoopbackPeer.checkBytes(ours.ufrag() + ":abcd", ours.password(), true));
            var input = new DataInputStream(forger.getInputStream());
            byte[] answer = input.readNBytes(input.readUnsignedShort());
            assertTrue(answer.length > 20 && answer[0] == 1 && answer[1] == 1, "the first answer is a success");
        }
    }

    private static void frame(Socket socket, byte[] packet) throws IOException {
        var output = new DataOutputStream(socket.getOutputStream());
        output.writeShort(packet.length);
        output.write(packet);
    }

    private static Socket connect(MediaTransport transport) throws IOException {
        var candidate = transport.candidates().getLast();
        assertEquals(Candidate.Protocol.TCP_PASSIVE, candidate.protocol());
        var socket = new Socket(candidate.address(), candidate.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static MediaTransport open() {
        var loopback = InetAddress.getLoopbackAddress();
        return MediaTransport.open(
                new TransportConfig(List.of(loopback), 0, List.of(), 1, TransportConfig.Engine.AUTO, true));
    }
}
