package io.parley.kernel.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The membership of Hazelcast as a {@link ClusterView}. Nothing of Vert.x's own tables is read here: they may keep the
 * dead after a partition, the membership does not.
 */
final class HazelcastCluster implements Cluster, MembershipListener {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastCluster.class);

    private final String nodeId;
    private final HazelcastInstance hazelcast;
    private final List<Consumer<ClusterView>> listeners = new CopyOnWriteArrayList<>();
    private volatile ClusterView view;

    private HazelcastCluster(String nodeId, HazelcastInstance hazelcast) {
        this.nodeId = nodeId;
        this.hazelcast = hazelcast;
        this.view = read();
    }

    static HazelcastCluster watching(String nodeId, HazelcastInstance hazelcast) {
        HazelcastCluster cluster = new HazelcastCluster(nodeId, hazelcast);
        hazelcast.getCluster().addMembershipListener(cluster);
        cluster.refresh(); // whoever came between the first read and the listener
        return cluster;
    }

    @Override
    public String nodeId() {
        return nodeId;
    }

    @Override
    public ClusterView view() {
        return view;
    }

    @Override
    public void onChange(Consumer<ClusterView> listener) {
        listeners.add(listener);
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        refresh();
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        refresh();
    }

    private synchronized void refresh() {
        ClusterView next = read();
        if (next.equals(view)) {
            return;
        }
        view = next;
        LOG.atInfo().addKeyValue("nodes", next.nodes().size()).log("cluster changed");
        listeners.forEach(listener -> listener.accept(next));
    }

    private ClusterView read() {
        return ClusterView.of(hazelcast.getCluster().getMembers().stream()
                .map(HazelcastCluster::node)
                .flatMap(Optional::stream)
                .toList());
    }

    /** A member without our attributes is not a node of Parley, e.g. a tool that looks into the cluster. */
    private static Optional<ClusterNode> node(Member member) {
        String id = member.getAttribute(HazelcastSettings.NODE_ATTRIBUTE);
        String roles = member.getAttribute(HazelcastSettings.ROLES_ATTRIBUTE);
        if (id == null || roles == null) {
            return Optional.empty();
        }
        return Optional.of(new ClusterNode(id, Set.of(roles.split(",", -1)), Objects.toString(member.getAddress())));
    }
}
