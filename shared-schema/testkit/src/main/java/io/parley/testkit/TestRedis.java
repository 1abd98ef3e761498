package io.parley.testkit;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import redis.embedded.RedisServer;

/** A real Redis (6.2): one server per test run, emptied before every test class. Ask for it as a parameter. */
public final class TestRedis implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static final class Server {
        static final RedisServer RUNNING = start();

        private static RedisServer start() {
            try {
                RedisServer server = RedisServer.newRedisServer()
                        .port(freePort())
                        .bind("127.0.0.1")
                        .setting("save \"\"")
                        .build();
                server.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
                return server;
            } catch (IOException failure) {
                throw new IllegalStateException("Redis for tests does not start", failure);
            }
        }

        private static void stop(RedisServer server) {
            try {
                server.stop();
            } catch (IOException gone) {
                // It was to end anyway.
            }
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final List<Redis> clients = new ArrayList<>();

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        client().send(Request.cmd(Command.FLUSHALL)).await(10, TimeUnit.SECONDS);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        clients.forEach(Redis::close);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    public Redis client() {
        return client(vertx);
    }

    /** A pooled client on the event loops of {@code on}, closed with the class. */
    public Redis client(Vertx on) {
        Redis client = Redis.createClient(
                on,
                new RedisOptions().setConnectionString(url()).setMaxPoolSize(8).setMaxPoolWaiting(1_000));
        clients.add(client);
        return client;
    }

    /** As in {@code PARLEY_REDIS_URL}. */
    public String url() {
        return "redis://127.0.0.1:" + Server.RUNNING.ports().getFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestRedis.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return this;
    }
}
