package io.parley.presence;

import io.parley.kernel.node.NodeContext;
import io.parley.kernel.node.Role;
import io.parley.presence.store.RedisPresenceStore;
import io.vertx.core.Future;
import java.util.Optional;

/** The presence part of a process. */
public final class PresenceRole implements Role {
    private Optional<Runnable> undeploy = Optional.empty();
    private Future<?> undeployed = Future.succeededFuture();

    @Override
    public String name() {
        return "presence";
    }

    @Override
    public Future<?> start(NodeContext node) {
        PresenceConfig config = PresenceConfig.from(node.settings());
        var store = new RedisPresenceStore(node.stores().redis());
        return node.vertx()
                .deployVerticle(new PresenceVerticle(node, store, config))
                .onSuccess(id -> undeploy = Optional.of(() -> undeployed = node.vertx().undeploy(id)));
    }

    @Override
    public Future<?> stop() {
        undeploy.ifPresent(Runnable::run);
        return undeployed;
    }
}
