package io.parley.presence.domain;

/**
 * All that is known of one user.
 *
 * @param automatic merged over devices
 * @param lastSeenMillis wall time of the last visible sign of life, 0 = never
 */
public record UserState(Activity automatic, long lastSeenMillis, Wish wish) {
    public static final UserState UNKNOWN = new UserState(Activity.NONE, 0, Wish.AUTOMATIC);
}
