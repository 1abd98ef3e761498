package io.parley.chat.domain;

import java.util.Set;

/**
 * Who asks, as the gateway established it.
 *
 * @param name the name in the token, or empty
 */
public record Actor(UserKey user, String name, boolean guest, Set<String> roles) {
    public Actor {
        roles = Set.copyOf(roles);
    }

    public String tenant() {
        return user.tenant();
    }

    public String id() {
        return user.id();
    }

    /** Everything in the tenant. */
    public boolean isAdmin() {
        return roles.contains("admin");
    }

    /** A server-side integration: allowed what the channel type grants to "system", member or not. */
    public boolean isSystem() {
        return roles.contains("system");
    }
}
