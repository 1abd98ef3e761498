package io.parley.kernel.cluster;

import io.parley.kernel.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How this node finds the others.
 *
 * @param members addresses of some or all nodes, {@code host} or {@code host:port}; empty = alone, no cluster at all
 * @param host the address this node binds to and is reached at
 * @param port where Hazelcast listens; the first free of {@link #PORTS_TRIED} from here on
 * @param silence a node that is not heard for this long counts as dead (one whose process ends is noticed at once)
 */
public record ClusterConfig(List<String> members, String host, int port, Duration silence) {
    /** Several nodes on one machine take neighbouring ports. */
    public static final int PORTS_TRIED = 20;

    public ClusterConfig {
        members = List.copyOf(members);
    }

    public static ClusterConfig from(Settings settings) {
        return new ClusterConfig(
                settings.list("cluster.members", List.of(), "addresses of the cluster's nodes; empty = a node alone"),
                settings.text("cluster.host", "127.0.0.1", "the address at which other nodes reach this one"),
                settings.small("cluster.port", 5701, 1, 65_535, "first port tried for membership"),
                settings.duration(
                        "cluster.silence",
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(5),
                        "a node that is silent this long counts as dead"));
    }

    public boolean alone() {
        return members.isEmpty();
    }
}
