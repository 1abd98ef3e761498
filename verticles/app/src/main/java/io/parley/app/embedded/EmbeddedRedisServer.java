package io.parley.app.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.RedisServer;

/** Redis on a folder of ours, appending to a file each second: it holds what may expire. Reached on loopback only. */
final class EmbeddedRedisServer implements AutoCloseable {
    private final RedisServer server;

    private EmbeddedRedisServer(RedisServer server) {
        this.server = server;
    }

    static EmbeddedRedisServer start(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path pidFile = folder.resolve("redis.pid");
        Orphan.stop(pidFile, "redis-server", folder);
        RedisServer server = RedisServer.newRedisServer()
                .port(freePort())
                .bind("127.0.0.1")
                .setting("dir " + folder)
                .setting("pidfile " + pidFile)
                .setting("appendonly yes")
                .setting("appendfsync everysec")
                .setting("save \"\"")
                .build();
        server.start();
        return new EmbeddedRedisServer(server);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    String url() {
        return "redis://127.0.0.1:" + server.ports().getFirst();
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
