package io.parley.kernel.cluster;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The nodes that one node believes to live. Two nodes may differ for a moment after a change, and for longer during a
 * partition; what is computed from a view must tolerate that. Immutable; equal views are equal whatever the order.
 */
public record ClusterView(List<ClusterNode> nodes) {
    public ClusterView {
        nodes = nodes.stream().sorted(Comparator.comparing(ClusterNode::id)).toList();
    }

    public static ClusterView of(Collection<ClusterNode> nodes) {
        return new ClusterView(List.copyOf(nodes));
    }

    /** Ids of the nodes with {@code role}, sorted. */
    public List<String> withRole(String role) {
        return nodes.stream()
                .filter(node -> node.roles().contains(role))
                .map(ClusterNode::id)
                .toList();
    }

    public boolean has(String nodeId) {
        return nodes.stream().anyMatch(node -> node.id().equals(nodeId));
    }
}
