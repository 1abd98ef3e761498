package io.parley.gateway.web;

import io.parley.gateway.rest.RestServices;
import io.parley.gateway.session.Revocations;
import io.parley.gateway.socket.SocketServices;
import io.parley.kernel.cluster.LiveNodes;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What the event loops of one gateway share. Thread-safe. */
public record GatewayParts(
        String nodeId,
        LiveNodes nodes,
        HttpConfig http,
        GatewayTiming timing,
        RestServices rest,
        SocketServices sockets,
        Revocations revocations,
        Health health,
        AtomicBoolean draining,
        AtomicInteger port) {

    boolean isDraining() {
        return draining.get();
    }

    void listening(int actualPort) {
        port.set(actualPort);
    }
}
