package io.parley.schema;

/** A message; unique over all tenants, and later ids sort later. */
public record MessageId(String value) implements Comparable<MessageId> {
    /** How ids made here begin. */
    public static final String PREFIX = "m_";

    public MessageId {
        Names.require("message id", value);
    }

    /** A new one; those of one {@code ulids} sort in the order of their making. */
    public static MessageId next(Ulids ulids) {
        return new MessageId(PREFIX + ulids.next());
    }

    @Override
    public int compareTo(MessageId other) {
        return value.compareTo(other.value);
    }

    /** The bare value: what travels and what is stored. */
    @Override
    public String toString() {
        return value;
    }
}
