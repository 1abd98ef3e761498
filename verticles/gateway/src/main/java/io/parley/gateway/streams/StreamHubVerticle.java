package io.parley.gateway.streams;

import io.parley.kernel.cluster.Cluster;
import io.parley.kernel.cluster.LiveNodes;
import io.parley.kernel.fanout.FanoutContracts;
import io.parley.kernel.fanout.ShardMap;
import io.parley.kernel.node.NodeContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs the node's one hub: its loop, its timers, and the one address at which the node receives events. */
public final class StreamHubVerticle extends VerticleBase {
    private static final long TICK_MILLIS = 250;

    private final NodeContext node;
    private final StreamsConfig config;
    private final Cluster cluster;
    private @Nullable StreamHub streams;

    public StreamHubVerticle(NodeContext node, StreamsConfig config) {
        this.node = node;
        this.config = config;
        this.cluster = node.cluster();
    }

    /** For all sockets of this node; once the verticle is deployed. */
    public Streams streams() {
        return Objects.requireNonNull(streams, "deploy the verticle first");
    }

    @Override
    public void init(Vertx vertx, Context context) {
        super.init(vertx, context);
        streams = new StreamHub(
                context,
                new HubParts(
                        cluster.nodeId(),
                        config,
                        new BusLinks(new LiveNodes(vertx, cluster), config.answer()),
                        (millis, task) -> vertx.setTimer(Math.max(1, millis), _ -> task.run()),
                        node.clock(),
                        node.randomness(),
                        new StreamMeters(node.meters())));
    }

    @Override
    public Future<?> start() {
        Hub hub = Objects.requireNonNull(streams).hub();
        cluster.onChange(_ -> context.runOnContext(_ -> readOwners(hub)));
        readOwners(hub);
        vertx.setPeriodic(TICK_MILLIS, _ -> hub.tick());
        vertx.setPeriodic(config.digest().toMillis(), _ -> hub.digest());
        return FanoutContracts.DELIVER
                .at(cluster.nodeId())
                .receive(vertx.eventBus(), hub::receive)
                .completion();
    }

    private void readOwners(Hub hub) {
        hub.ownersAre(ShardMap.of(cluster.view().withRole(FanoutContracts.OWNER_ROLE)));
    }
}
