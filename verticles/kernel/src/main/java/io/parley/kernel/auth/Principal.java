package io.parley.kernel.auth;

import java.util.List;

/**
 * Somebody whose token was accepted.
 *
 * @param roles never empty: "user" unless the token says otherwise
 * @param name as the token gives it; may be empty
 * @param issuedAtMillis wall time; revocations refuse everything issued before them
 * @param expiresAtMillis wall time at which the token expires by its own words: clients replace it before
 * @param endsAtMillis wall time after which it is worth nothing: later by the leeway between clocks, where one is given
 */
public record Principal(
        String tenant,
        String userId,
        List<String> roles,
        String name,
        long issuedAtMillis,
        long expiresAtMillis,
        long endsAtMillis) {
    public static final String ADMIN = "admin";
    public static final String GUEST = "guest";
    public static final String USER = "user";

    public Principal {
        roles = roles.isEmpty() ? List.of(USER) : List.copyOf(roles);
    }

    public boolean isAdmin() {
        return roles.contains(ADMIN);
    }

    public boolean isGuest() {
        return roles.contains(GUEST);
    }

    public boolean isSamePersonAs(Principal other) {
        return tenant.equals(other.tenant) && userId.equals(other.userId);
    }
}
