package io.parley.fanout;

import io.parley.kernel.config.Settings;
import io.parley.kernel.fanout.FanoutContracts;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.node.Role;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** The part of a process that owns stream shards. */
public final class FanoutRole implements Role {
    private Supplier<Future<?>> undeploy = Future::succeededFuture;

    @Override
    public String name() {
        return FanoutContracts.OWNER_ROLE;
    }

    @Override
    public void configure(Settings settings) {
        FanoutConfig.from(settings);
    }

    @Override
    public Future<?> start(NodeContext node) {
        return node.vertx()
                .deployVerticle(new FanoutVerticle(node, FanoutConfig.from(node.settings())))
                .onSuccess(id -> undeploy = () -> node.vertx().undeploy(id));
    }

    @Override
    public Future<?> stop() {
        return undeploy.get();
    }
}
