package io.parley.signaling;

import io.parley.kernel.config.Settings;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.node.Role;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** The signaling part of a process. */
public final class SignalingRole implements Role {
    private Supplier<Future<?>> undeploy = Future::succeededFuture;

    @Override
    public String name() {
        return "signaling";
    }

    @Override
    public void configure(Settings settings) {
        SignalingConfig.from(settings);
    }

    @Override
    public Future<?> start(NodeContext node) {
        SignalingConfig config = SignalingConfig.from(node.settings());
        return node.vertx()
                .deployVerticle(new SignalingVerticle(node, config))
                .onSuccess(id -> undeploy = () -> node.vertx().undeploy(id));
    }

    @Override
    public Future<?> stop() {
        return undeploy.get();
    }
}
