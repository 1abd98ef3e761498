package io.parley.media.node.health;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.transport.MediaTransport;
import io.parley.media.transport.TransportConfig;
import io.parley.schema.SystemClock;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A node that works hears itself; one whose port is gone does not. */
final class SelfCallTest {
    @Test
    void whoHearsItselfIsHealthy_andWhosePortIsGoneIsNot() {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        var transport = MediaTransport.open(
                new TransportConfig(List.of(loopback), 0, List.of(), 2, TransportConfig.Engine.AUTO, false));
        try (var self = new SelfCall(transport, loopback, new SecureRandom(), new SystemClock())) {
            assertFalse(self.last().healthy());
            var _ = self.start(Duration.ofMillis(100));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(50))
                    .until(() -> self.last().healthy());
            transport.close();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(50))
                    .until(() -> !self.last().healthy());
            assertTrue(self.last().reason().contains("within 2 s"), self.last().reason());
        } finally {
            transport.close();
        }
    }
}
