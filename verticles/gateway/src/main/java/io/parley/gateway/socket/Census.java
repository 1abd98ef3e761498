package io.parley.gateway.socket;

import io.parley.kernel.auth.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the sockets of each user on this node and knows which one holds a device. Thread-safe. */
public final class Census {
    private record UserKey(String tenant, String userId) {}

    private record DeviceKey(String tenant, String userId, String deviceId) {}

    private final Map<UserKey, Integer> socketsOfUsers = new ConcurrentHashMap<>();
    private final Map<DeviceKey, ClientSession> devices = new ConcurrentHashMap<>();
    private final int perUserMax;

    public Census(int perUserMax) {
        this.perUserMax = perUserMax;
    }

    /** False when the user has too many sockets. */
    boolean enter(Principal who) {
        int[] count = new int[1];
        socketsOfUsers.compute(key(who), (_, before) -> {
            int held = before == null ? 0 : before;
            count[0] = held + 1;
            return held >= perUserMax ? Integer.valueOf(held) : Integer.valueOf(held + 1);
        });
        return count[0] <= perUserMax;
    }

    void leave(Principal who) {
        socketsOfUsers.computeIfPresent(key(who), (_, held) -> held <= 1 ? null : Integer.valueOf(held - 1));
    }

    /** The newest socket of a device wins; the one before is a dead connection whose end nobody saw. */
    void claim(Principal who, String deviceId, ClientSession session) {
        if (!deviceId.isEmpty()) {
            ClientSession before = devices.put(new DeviceKey(who.tenant(), who.userId(), deviceId), session);
            if (before != null && before != session) {
                before.replaced();
            }
        }
    }

    void release(Principal who, String deviceId, ClientSession session) {
        if (!deviceId.isEmpty()) {
            devices.remove(new DeviceKey(who.tenant(), who.userId(), deviceId), session);
        }
    }

    private static UserKey key(Principal who) {
        return new UserKey(who.tenant(), who.userId());
    }
}
