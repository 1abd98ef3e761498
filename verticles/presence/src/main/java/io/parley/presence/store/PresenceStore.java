package io.parley.presence.store;

import io.parley.presence.domain.Activity;
import io.parley.presence.domain.UserState;
import io.parley.presence.domain.Wish;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Leases of devices and wishes of users. What it holds may expire; nothing here is needed to keep a message. */
public interface PresenceStore {
    record UserKey(String tenant, String userId) {}

    /** One device's lease; NONE lets it run out at {@code expiresAtMillis} unless it ends sooner. */
    record Lease(String device, Activity activity, long expiresAtMillis) {}

    /**
     * Applies the leases and tells {@code changed} whose merged activity changed by it, each change exactly once among
     * all callers on all nodes, and as soon as it is made: what fails takes nothing along that has been done. Users
     * whose leases have run out in the meantime are told too.
     */
    Future<Void> apply(Map<UserKey, List<Lease>> leases, long nowWallMillis, Consumer<Map<UserKey, UserState>> changed);

    /**
     * Ends leases that ran out, for at most {@code usersMax} users of each shard, a few users at a time; tells whose
     * activity changed, as above.
     */
    Future<Void> expire(long nowWallMillis, int usersMax, Consumer<Map<UserKey, UserState>> changed);

    /** Stores the wish and gives the state after it. */
    Future<UserState> prefer(UserKey user, Wish wish, long nowWallMillis);

    /** In the order asked; UNKNOWN for users without any state. */
    Future<List<UserState>> read(List<UserKey> users);
}
