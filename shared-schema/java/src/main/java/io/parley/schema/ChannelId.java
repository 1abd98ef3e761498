package io.parley.schema;

/** A channel inside one tenant: named by its creator, or by us. */
public record ChannelId(String value) implements Comparable<ChannelId> {
    /** How ids made here begin. */
    public static final String PREFIX = "ch_";

    public ChannelId {
        Names.require("channel id", value);
    }

    /** A new one; those of one {@code ulids} sort in the order of their making. */
    public static ChannelId next(Ulids ulids) {
        return new ChannelId(PREFIX + ulids.next());
    }

    @Override
    public int compareTo(ChannelId other) {
        return value.compareTo(other.value);
    }

    /** The bare value: what travels and what is stored. */
    @Override
    public String toString() {
        return value;
    }
}
