package io.parley.app.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.node.health.Caller;
import io.parley.media.transport.dtls.DtlsIdentity;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A room of {@code ./parley up}: from the socket through the focus to the media node next door, and media back. */
final class RoomsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentity identity = DtlsIdentity.fresh(random, Instant.now());

    @Test
    void twoUsersJoinARoomAndHearEachOther() {
        try (ServerProcess server = ServerProcess.up(folder.resolve("data"));
                TestClient alice = TestClient.connect(server.url(), "alice");
                TestClient bob = TestClient.connect(server.url(), "bob")) {
            alice.call("createRoom", new JsonObject().put("id", "standup").put("name", "Standup"));
            try (Caller first = join(alice);
                    Caller second = join(bob)) {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollInterval(20, TimeUnit.MILLISECONDS)
                        .until(() -> {
                            first.speak();
                            second.speak();
                            return first.heard() > 0 && second.heard() > 0;
                        });
            }
            server.terminate();
            assertTrue(server.said().contains("attached to the control plane"), server.said());
        }
    }

    private Caller join(TestClient client) {
        var loopback = InetAddress.getLoopbackAddress();
        var caller = new Caller(loopback, identity, random);
        var joined = client.call(
                "joinRoom", new JsonObject().put("roomId", "standup").put("offer", caller.offer()));
        var assignment = joined.getJsonObject("assignment");
        assertEquals("local", assignment.getString("region"));
        String endpoint = assignment.getString("endpoint");
        int port = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
        caller.connect(joined.getString("answer"), new InetSocketAddress(loopback, port))
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return caller;
    }
}
