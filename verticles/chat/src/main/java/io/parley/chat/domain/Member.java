package io.parley.chat.domain;

/** A user's membership or invitation. */
public record Member(String userId, String role, boolean joined, String invitedBy, long joinedAtMillis) {
    public static final String OWNER = "owner";
    public static final String MODERATOR = "moderator";
    public static final String MEMBER = "member";

    public boolean isOwner() {
        return joined && role.equals(OWNER);
    }

    public Member withRole(String newRole) {
        return new Member(userId, newRole, joined, invitedBy, joinedAtMillis);
    }

    public Member joinedAt(long nowMillis) {
        return new Member(userId, role, true, invitedBy, nowMillis);
    }
}
