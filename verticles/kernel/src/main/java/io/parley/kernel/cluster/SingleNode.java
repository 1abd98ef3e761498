package io.parley.kernel.cluster;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The cluster of a process that is alone: itself, for ever. */
public final class SingleNode implements Cluster {
    private final ClusterNode self;
    private final ClusterView view;

    public SingleNode(String nodeId, Set<String> roles) {
        self = new ClusterNode(nodeId, roles, "local");
        view = new ClusterView(List.of(self));
    }

    @Override
    public String nodeId() {
        return self.id();
    }

    @Override
    public ClusterView view() {
        return view;
    }

    @Override
    public void onChange(Consumer<ClusterView> listener) {
        // Nothing ever changes here.
    }
}
