package io.parley.presence;

import io.parley.kernel.config.Settings;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.node.Role;
import io.parley.presence.store.RedisPresenceStore;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** The presence part of a process. */
public final class PresenceRole implements Role {
    private Supplier<Future<?>> undeploy = Future::succeededFuture;

    @Override
    public String name() {
        return "presence";
    }

    @Override
    public void configure(Settings settings) {
        PresenceConfig.from(settings);
    }

    @Override
    public Future<?> start(NodeContext node) {
        PresenceConfig config = PresenceConfig.from(node.settings());
        var store = new RedisPresenceStore(node.stores().redis());
        return node.vertx()
                .deployVerticle(new PresenceVerticle(node, store, config))
                .onSuccess(id -> undeploy = () -> node.vertx().undeploy(id));
    }

    @Override
    public Future<?> stop() {
        return undeploy.get();
    }
}
