package io.parley.kernel.cluster;

import java.util.function.Consumer;

/** What a node knows of its fellows. Thread-safe. */
public interface Cluster {
    /** This node's own id. */
    String nodeId();

    ClusterView view();

    /**
     * Calls {@code listener} with every new view, on a thread of the cluster's: hop to your own context at once. The
     * present view is not repeated; register first, then read {@link #view()}.
     */
    void onChange(Consumer<ClusterView> listener);
}
