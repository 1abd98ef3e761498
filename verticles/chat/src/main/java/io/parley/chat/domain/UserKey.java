package io.parley.chat.domain;

/** A user within a tenant. */
public record UserKey(String tenant, String id) implements Comparable<UserKey> {
    public ChannelKey channel(String channelId) {
        return new ChannelKey(tenant, channelId);
    }

    @Override
    public int compareTo(UserKey other) {
        int byTenant = tenant.compareTo(other.tenant);
        return byTenant != 0 ? byTenant : id.compareTo(other.id);
    }
}
