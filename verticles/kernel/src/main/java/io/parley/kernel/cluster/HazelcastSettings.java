package io.parley.kernel.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import java.util.Set;

/** Hazelcast as Parley wants it: a fixed list of members, no guessing, no calls home, its shutdown in our hands. */
final class HazelcastSettings {
    /** Attributes travel with the membership itself, so a node's roles are known the moment it is seen. */
    static final String NODE_ATTRIBUTE = "parley.node";

    static final String ROLES_ATTRIBUTE = "parley.roles";

    private static final String MERGE_SECONDS = "5";

    private HazelcastSettings() {}

    static Config of(ClusterConfig cluster, String nodeId, Set<String> roles) {
        Config config = new Config();
        config.setClusterName("parley");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        config.setProperty(
                "hazelcast.max.no.heartbeat.seconds",
                String.valueOf(cluster.silence().toSeconds()));
        // A lone node need not wait long for others; the list of members names them all.
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        // Nodes that lost one another, by a freeze or a partition, are one cluster again soon; the default is minutes.
        config.setProperty("hazelcast.merge.first.run.delay.seconds", MERGE_SECONDS);
        config.setProperty("hazelcast.merge.next.run.delay.seconds", MERGE_SECONDS);
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getMemberAttributeConfig().setAttribute(NODE_ATTRIBUTE, nodeId);
        config.getMemberAttributeConfig().setAttribute(ROLES_ATTRIBUTE, String.join(",", roles));
        network(config.getNetworkConfig(), cluster);
        busTables(config);
        return config;
    }

    private static void network(NetworkConfig network, ClusterConfig cluster) {
        network.setPort(cluster.port());
        network.setPortAutoIncrement(true);
        network.setPortCount(ClusterConfig.PORTS_TRIED);
        network.getInterfaces().setEnabled(true).addInterface(cluster.host());
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(cluster.members());
    }

    /** The tables in which Vert.x keeps who listens to which address. */
    private static void busTables(Config config) {
        config.addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                .setBackupCount(1)
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
        config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1));
        config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
    }
}
