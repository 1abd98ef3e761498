package io.parley.schema;

/** A person or a program inside one tenant, named by the tenant's own system; guests get a name from us. */
public record UserId(String value) implements Comparable<UserId> {
    /** How ids made here begin. */
    public static final String PREFIX = "g_";

    public UserId {
        Names.require("user id", value);
    }

    /** A new one; those of one {@code ulids} sort in the order of their making. */
    public static UserId next(Ulids ulids) {
        return new UserId(PREFIX + ulids.next());
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    /** The bare value: what travels and what is stored. */
    @Override
    public String toString() {
        return value;
    }
}
