package io.parley.schema;

/** One running process of the cluster; new with every start. */
public record NodeId(String value) implements Comparable<NodeId> {
    /** How ids made here begin. */
    public static final String PREFIX = "n_";

    public NodeId {
        Names.require("node id", value);
    }

    /** A new one; those of one {@code ulids} sort in the order of their making. */
    public static NodeId next(Ulids ulids) {
        return new NodeId(PREFIX + ulids.next());
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    /** The bare value: what travels and what is stored. */
    @Override
    public String toString() {
        return value;
    }
}
