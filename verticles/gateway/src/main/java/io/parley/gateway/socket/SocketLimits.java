package io.parley.gateway.socket;

import io.parley.kernel.config.Settings;
import java.time.Duration;

/**
 * What one socket may do and hold.
 *
 * @param helloWithin time for the first command
 * @param activeHeartbeat wanted of a connection in use; idle ones are asked for less, up to {@code idleHeartbeat}
 * @param pendingBytesMax pushes that wait for a slow reader; behind this it is closed
 * @param ephemeralBytesMax behind this, pushes that may be lost are
 * @param replyBytesMax answers that wait; behind this the socket is closed
 * @param inFlightMax commands at work; further ones stay in the TCP connection
 * @param perUser sockets of one user on this node
 * @param perNode sockets of this node
 * @param drainWindow over which a node that goes away asks its clients to come back
 */
public record SocketLimits(
        Duration helloWithin,
        Duration activeHeartbeat,
        Duration idleHeartbeat,
        long pendingBytesMax,
        long ephemeralBytesMax,
        long replyBytesMax,
        int inFlightMax,
        int perUser,
        int perNode,
        Duration drainWindow,
        Duration sweep) {

    public static SocketLimits from(Settings settings) {
        long pending = settings.integer(
                "gateway.pending-bytes-max",
                1 << 20,
                1 << 12,
                1 << 28,
                "bytes of pushes that wait for a slow reader before it is closed");
        return new SocketLimits(
                duration(settings, "hello-within", 5_000, "time for the first command of a socket"),
                duration(settings, "heartbeat-active", 20_000, "heartbeat asked of a connection in use"),
                duration(settings, "heartbeat-idle", 60_000, "heartbeat asked of an idle connection"),
                pending,
                pending / 4,
                pending * 32,
                settings.small("gateway.commands-in-flight-max", 32, 1, 1_000, "commands of one socket at work"),
                settings.small("gateway.sockets-per-user", 50, 1, 100_000, "sockets of one user on one node"),
                settings.small("gateway.sockets-max", 100_000, 1, 10_000_000, "sockets of one node"),
                duration(settings, "drain-window", 5_000, "over which a draining node spreads its reconnects"),
                duration(settings, "sweep", 500, "how often deadlines of sockets are looked at"));
    }

    private static Duration duration(Settings settings, String name, long byDefaultMillis, String doc) {
        return settings.duration(
                "gateway." + name,
                Duration.ofMillis(byDefaultMillis),
                Duration.ofMillis(10),
                Duration.ofMinutes(10),
                doc);
    }
}
