package io.parley.gateway;

import io.parley.kernel.bus.Request;
import io.parley.kernel.node.NodeContext;
import io.parley.schema.v1.Ping;
import io.parley.schema.v1.Pong;
import io.vertx.core.Future;
import java.time.Duration;

/** Readiness of the bus: this node can send a message to itself and hear it. */
final class BusPing {
    private static final Request<Ping, Pong> PING =
            new Request<>("gateway.node.ping", Ping.getDefaultInstance(), Pong.getDefaultInstance());
    private static final Duration WITHIN = Duration.ofSeconds(1);

    private BusPing() {}

    static void serve(NodeContext node) {
        Request<Ping, Pong> own = PING.at(node.nodeId());
        own.serve(
                node.vertx().eventBus(),
                ping -> Future.succeededFuture(
                        Pong.newBuilder().setN(ping.getN()).build()));
        node.readiness()
                .add(
                        "bus",
                        () -> own.ask(
                                node.vertx().eventBus(),
                                Ping.newBuilder().setN(1).build(),
                                WITHIN));
    }
}
