package io.parley.gateway.streams;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.fanout.FanoutRole;
import io.parley.gateway.socket.Subscriber;
import io.parley.kernel.cluster.ClusterConfig;
import io.parley.kernel.cluster.ClusterStart;
import io.parley.kernel.config.Settings;
import io.parley.kernel.fanout.BusPublisher;
import io.parley.kernel.fanout.Publisher;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.node.Readiness;
import io.parley.kernel.store.Stores;
import io.parley.schema.SecureRandomness;
import io.parley.schema.SystemClock;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.v1.Subscribe;
import io.parley.schema.v1.SubscribeResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;

/** A node with owners, a publisher and a hub on a real bus, but no sockets and no stores. */
final class TestNode {
    private final String id;
    private final Vertx vertx;
    private final Publisher publisher;
    private final Streams streams;
    private final SimpleMeterRegistry meters;

    private TestNode(NodeContext node, SimpleMeterRegistry meters, Streams streams) {
        this.id = node.nodeId();
        this.vertx = node.vertx();
        this.publisher = node.publisher();
        this.streams = streams;
        this.meters = meters;
    }

    static TestNode start(String id, ClusterConfig cluster, Set<String> roles, Map<String, String> settings) {
        var started = ClusterStart.start(cluster, id, roles, new VertxOptions(), Vertx.builder())
                .await();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        SystemClock clock = new SystemClock();
        BusPublisher publisher = new BusPublisher(started.vertx(), started.cluster(), meters, clock);
        NodeContext node = new NodeContext(
                id,
                started.vertx(),
                started.cluster(),
                Settings.of(settings),
                new Stores(unused(io.vertx.sqlclient.Pool.class), unused(io.vertx.redis.client.Redis.class)),
                publisher,
                meters,
                new Readiness(),
                clock,
                new SecureRandomness());
        if (roles.contains("fanout")) {
            new FanoutRole().start(node).await();
        }
        StreamHubVerticle hub = new StreamHubVerticle(node, StreamsConfig.from(node.settings()));
        node.vertx().deployVerticle(hub).await();
        return new TestNode(node, meters, hub.streams());
    }

    private static <T> T unused(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            throw new UnsupportedOperationException(method.getName());
        }));
    }

    String id() {
        return id;
    }

    Vertx vertx() {
        return vertx;
    }

    Publisher publisher() {
        return publisher;
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    /** A socket on an event loop of its own choice. */
    RecordingSubscriber socket() {
        Context context = ((VertxInternal) vertx).createEventLoopContext();
        return new RecordingSubscriber(context);
    }

    Future<SubscribeResult> subscribe(Subscriber socket, String user, Subscribe request) {
        Caller caller = Caller.newBuilder().setTenant("t").setUserId(user).build();
        return Future.future(promise -> socket.context()
                .runOnContext(_ -> streams.subscribe(socket, caller, request).onComplete(promise)));
    }

    void drop(RecordingSubscriber socket) {
        socket.context().runOnContext(_ -> streams.drop(socket));
    }

    void unsubscribe(RecordingSubscriber socket, String user, String stream) {
        Caller caller = Caller.newBuilder().setTenant("t").setUserId(user).build();
        socket.context().runOnContext(_ -> streams.unsubscribe(socket, caller, stream));
    }

    void close() {
        vertx.close().await();
    }
}
