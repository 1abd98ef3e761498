package io.parley.schema;

/** One authenticated connection, over all its resumes. */
public record SessionId(String value) implements Comparable<SessionId> {
    /** How ids made here begin. */
    public static final String PREFIX = "s_";

    public SessionId {
        Names.require("session id", value);
    }

    /** A new one; those of one {@code ulids} sort in the order of their making. */
    public static SessionId next(Ulids ulids) {
        return new SessionId(PREFIX + ulids.next());
    }

    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }

    /** The bare value: what travels and what is stored. */
    @Override
    public String toString() {
        return value;
    }
}
