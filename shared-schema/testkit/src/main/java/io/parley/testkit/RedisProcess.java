package io.parley.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import redis.embedded.RedisServer;

/** The one Redis of a test run: a container where Docker answers, else the embedded binary. Keeps nothing on disk. */
final class RedisProcess implements Closeable {
    private static final DockerImageName IMAGE = DockerImageName.parse("redis:6.2-alpine");
    private static final int PORT = 6379;
    /** Logical databases, one per test class in turn; more classes than that would begin to share. */
    private static final int DATABASES = 1024;

    private static final int START_ATTEMPTS_MAX = 5;

    private final String host;
    private final int port;
    private final Closeable server;
    private final AtomicInteger next = new AtomicInteger();

    private RedisProcess(String host, int port, Closeable server) {
        this.host = host;
        this.port = port;
        this.server = server;
    }

    static RedisProcess start() {
        return Docker.answers() ? container() : embedded(1);
    }

    private static RedisProcess embedded(int attempt) {
        try {
            int port = freePort();
            var server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("databases " + DATABASES)
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .build();
            server.start();
            return new RedisProcess("127.0.0.1", port, server::stop);
        } catch (IOException failure) {
            if (attempt < START_ATTEMPTS_MAX) {
                return embedded(attempt + 1); // somebody else took the port in between
            }
            throw new UncheckedIOException(failure);
        }
    }

    @SuppressWarnings("resource") // closed by close()
    private static RedisProcess container() {
        var container = new GenericContainer<>(IMAGE)
                .withCommand("redis-server", "--databases", Integer.toString(DATABASES), "--save", "")
                .withExposedPorts(PORT)
                .withStartupTimeout(Duration.ofSeconds(60));
        container.start();
        return new RedisProcess(container.getHost(), container.getMappedPort(PORT), container::close);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String newDatabaseUrl() {
        return "redis://%s:%d/%d".formatted(host, port, next.getAndIncrement() % DATABASES);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
