package io.parley.gateway;

import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.parley.fanout.FanoutRole;
import io.parley.kernel.auth.DevelopmentKey;
import io.parley.kernel.cluster.ClusterConfig;
import io.parley.kernel.cluster.ClusterStart;
import io.parley.kernel.config.Settings;
import io.parley.kernel.fanout.BusPublisher;
import io.parley.kernel.fanout.Publisher;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.node.Readiness;
import io.parley.kernel.store.Stores;
import io.parley.schema.SecureRandomness;
import io.parley.testkit.ManualClock;
import io.parley.testkit.TestRedis;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A whole gateway on a free port, with real Redis, a real bus and stand-ins for the domains behind it. */
final class TestGateway implements AutoCloseable {
    /** For what happens soon on a machine that has time; a slow one gets to it too. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration HOUR = Duration.ofHours(1);

    final NodeContext node;
    /** Time passes for the gateway only when a test says so: nothing expires because a machine is slow. */
    final ManualClock clock;

    final FakeDomains domains;
    final GatewayRole role;
    final WebClient web;
    final DevelopmentKey key;
    private final Vertx clients = Vertx.vertx();

    private TestGateway(
            NodeContext node, ManualClock clock, GatewayRole role, FakeDomains domains, DevelopmentKey key) {
        this.node = node;
        this.clock = clock;
        this.role = role;
        this.domains = domains;
        this.key = key;
        this.web = WebClient.create(clients);
    }

    /** {@code settings} are pairs of key and value. */
    static TestGateway start(TestRedis redis, String... settings) {
        return start(redis, Vertx.builder(), settings);
    }

    static TestGateway start(TestRedis redis, VertxBuilder vertx, String... settings) {
        Map<String, String> given = new HashMap<>();
        Path keyFile = temporary().resolve("development-key.json");
        given.put("http.port", "0");
        given.put("auth.development-key-file", keyFile.toString());
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        var started = ClusterStart.start(
                        ClusterConfig.from(Settings.defaults()),
                        "n1",
                        Set.of("fanout", "chat", "presence"),
                        new VertxOptions(),
                        vertx)
                .await();
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var clock = new ManualClock();
        Publisher publisher = new BusPublisher(started.vertx(), started.cluster(), meters, clock);
        NodeContext node = new NodeContext(
                "n1",
                started.vertx(),
                started.cluster(),
                Settings.of(given),
                new Stores(unused(Pool.class), redis.client(started.vertx())),
                publisher,
                meters,
                new Readiness(),
                clock,
                new SecureRandomness());
        new FanoutRole().start(node).await();
        FakeDomains domains = new FakeDomains(node);
        GatewayRole role = new GatewayRole();
        role.start(node).await();
        try {
            return new TestGateway(node, clock, role, domains, DevelopmentKey.in(keyFile));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("parley-gateway");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static <T> T unused(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            throw new UnsupportedOperationException(method.getName());
        }));
    }

    String token(String user, String... roles) {
        return key.minter()
                .mint("default", user, Arrays.asList(roles), HOUR, node.clock().wallMillis());
    }

    String tokenFor(String tenant, String user, Duration ttl) {
        return key.minter().mint(tenant, user, List.of(), ttl, node.clock().wallMillis());
    }

    HttpRequest<Buffer> request(HttpMethod method, String path) {
        return web.request(method, role.port(), "127.0.0.1", path).timeout(60_000);
    }

    HttpRequest<Buffer> as(String user, HttpMethod method, String path) {
        return request(method, path).bearerTokenAuthentication(token(user));
    }

    HttpClient http() {
        return clients.createHttpClient();
    }

    Vertx clients() {
        return clients;
    }

    /** An open socket that has said nothing yet. */
    TestSocket socket(String subprotocol) {
        var client = clients.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(8 << 20).setMaxMessageSize(8 << 20));
        var options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(role.port())
                .setURI("/v1/ws")
                .setSubProtocols(List.of(subprotocol));
        return new TestSocket(client, options);
    }

    /** A client may know that its socket is open before the gateway has seen to it. */
    void awaitSockets(int count) {
        await().atMost(PATIENCE)
                .until(() ->
                        node.meters().get("parley.gateway.connections").gauge().value() == count);
    }

    /** A JSON socket that has said hello. */
    TestSocket connect(String user) {
        TestSocket socket = socket("parley.v1.json");
        JsonObject reply = socket.hello(token(user));
        if (!reply.containsKey("ok")) {
            throw new AssertionError("hello was refused: " + reply);
        }
        return socket;
    }

    static JsonObject json(HttpResponse<Buffer> response) {
        JsonObject body = response.bodyAsJsonObject();
        return body == null ? new JsonObject() : body;
    }

    /** Empty when the header is absent. */
    static String header(HttpResponse<Buffer> response, String name) {
        String value = response.getHeader(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        role.stop().await();
        clients.close().await();
        node.vertx().close().await();
    }
}
