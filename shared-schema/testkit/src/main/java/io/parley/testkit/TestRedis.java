package io.parley.testkit;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real Redis 6.2 in a test: {@code @ExtendWith(TestRedis.class)}, then a parameter {@code TestRedis}. One server per
 * JVM; a logical database per test class, empty at its start. Tests of one class share it: use keys of your own, or
 * {@link #flush()} before each.
 */
public final class TestRedis implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(TestRedis.class);

    private final List<Redis> clients = new ArrayList<>();
    private int nesting;
    private @Nullable String url;
    private @Nullable Redis own;

    /** For {@code @ExtendWith}. */
    public TestRedis() {}

    /** A client of this class's database; closed after the class. */
    public Redis client() {
        return client(TestVertx.shared());
    }

    public synchronized Redis client(Vertx vertx) {
        var client = Redis.createClient(
                vertx,
                new RedisOptions().setConnectionString(url()).setMaxPoolSize(8).setMaxPoolWaiting(1_000));
        clients.add(client);
        return client;
    }

    /** As in {@code PARLEY_REDIS_URL}. */
    public String url() {
        if (url == null) {
            throw new IllegalStateException("only in a test with @ExtendWith(TestRedis.class)");
        }
        return url;
    }

    /** Sends one command, e.g. {@code command("SET", "k", "v")}; null is Redis's nil. */
    public @Nullable Response command(String name, String... arguments) {
        var request = Request.cmd(Command.create(name));
        for (var argument : arguments) {
            request.arg(argument);
        }
        return PostgresServer.bounded(own().send(request));
    }

    /** All keys that match a pattern of Redis, sorted. */
    public List<String> keys(String pattern) {
        var found = command("KEYS", pattern);
        if (found == null) {
            return List.of();
        }
        return StreamSupport.stream(found.spliterator(), false)
                .map(Response::toString)
                .sorted()
                .toList();
    }

    /** Empties this class's database. */
    public void flush() {
        command("FLUSHDB");
    }

    private synchronized Redis own() {
        if (own == null) {
            own = client();
        }
        return own;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (nesting++ > 0) {
            return;
        }
        url = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(RedisProcess.class, _ -> RedisProcess.start(), RedisProcess.class)
                .newDatabaseUrl();
        flush();
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) {
        if (--nesting > 0) {
            return; // a nested class ends, the outer one goes on
        }
        clients.forEach(Redis::close);
        clients.clear();
        own = null;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestRedis.class;
    }

    @Override
    public TestRedis resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return this;
    }
}
