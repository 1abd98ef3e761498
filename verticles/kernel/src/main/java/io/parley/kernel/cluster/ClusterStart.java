package io.parley.kernel.cluster;

import com.hazelcast.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Set;

/** Makes the Vert.x of this process: alone, or as a member. The rest of the program cannot tell the difference. */
public final class ClusterStart {
    /** What a started node has: close the Vert.x and it has left the cluster. */
    public record Started(Vertx vertx, Cluster cluster) {}

    private ClusterStart() {}

    /**
     * {@code options} and {@code builder} carry metrics, tracing and the like; the builder must not have options yet.
     */
    public static Future<Started> start(
            ClusterConfig config, String nodeId, Set<String> roles, VertxOptions options, VertxBuilder builder) {
        if (config.alone()) {
            return Future.succeededFuture(new Started(builder.with(options).build(), new SingleNode(nodeId, roles)));
        }
        EventBusOptions bus = options.getEventBusOptions();
        bus.setHost(config.host()).setPort(0).setClusterPublicHost(config.host());
        Config hazelcast = HazelcastSettings.of(config, nodeId, roles);
        HazelcastClusterManager manager = new HazelcastClusterManager(hazelcast);
        return builder.with(options)
                .withClusterManager(manager)
                .buildClustered()
                .map(vertx -> new Started(vertx, HazelcastCluster.watching(nodeId, manager.getHazelcastInstance())));
    }
}
