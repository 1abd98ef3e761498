package io.parley.presence.domain;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Changes on their way out, newest per user: somebody who comes and goes within one flush is told once. Bounded; when
 * it is full the owner must flush. Not thread-safe: owned by one event loop.
 *
 * @param <K> who
 */
public final class Changes<K> {
    private final int usersMax;
    private final Map<K, Visibility> pending = new LinkedHashMap<>();

    public Changes(int usersMax) {
        this.usersMax = usersMax;
    }

    /** True when the buffer is full now and wants to be drained at once. */
    public boolean add(K user, Visibility visibility) {
        pending.put(user, visibility);
        return pending.size() >= usersMax;
    }

    /** Everything pending, oldest change first; empties the buffer. */
    public Map<K, Visibility> drain() {
        Map<K, Visibility> drained = new LinkedHashMap<>(pending);
        pending.clear();
        return drained;
    }
}
