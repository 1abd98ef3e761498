package io.parley.chat.domain;

/** A channel within its tenant. */
public record ChannelKey(String tenant, String id) implements Comparable<ChannelKey> {
    public UserKey user(String userId) {
        return new UserKey(tenant, userId);
    }

    @Override
    public int compareTo(ChannelKey other) {
        int byTenant = tenant.compareTo(other.tenant);
        return byTenant != 0 ? byTenant : id.compareTo(other.id);
    }
}
