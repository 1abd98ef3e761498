package io.parley.schema;

/** An organisation on this installation. Never sent to clients: a token says whose it is. */
public record TenantId(String value) implements Comparable<TenantId> {
    public TenantId {
        Names.require("tenant id", value);
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    /** The bare value: what travels and what is stored. */
    @Override
    public String toString() {
        return value;
    }
}
