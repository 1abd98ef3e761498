package io.parley.schema;

/** One installation of a client of one user: what presence counts. Chosen by the client, or by us. */
public record DeviceId(String value) implements Comparable<DeviceId> {
    /** How ids made here begin. */
    public static final String PREFIX = "d_";

    public DeviceId {
        Names.require("device id", value);
    }

    /** A new one; those of one {@code ulids} sort in the order of their making. */
    public static DeviceId next(Ulids ulids) {
        return new DeviceId(PREFIX + ulids.next());
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    /** The bare value: what travels and what is stored. */
    @Override
    public String toString() {
        return value;
    }
}
