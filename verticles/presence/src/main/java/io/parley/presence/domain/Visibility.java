package io.parley.presence.domain;

/**
 * What a user's state looks like from outside and to the user. An invisible user cannot be told from an absent one:
 * same state, same status, a last-seen time that stands still.
 *
 * @param lastSeenMillis wall time, 0 = not shown
 */
public record Visibility(Activity shown, String status, long statusUntilMillis, long lastSeenMillis) {

    /** As other users see it; never INVISIBLE. */
    public static Visibility toOthers(UserState user, long nowWallMillis) {
        Activity merged = merged(user);
        return of(user, merged == Activity.INVISIBLE ? Activity.NONE : merged, nowWallMillis);
    }

    /** As the user's own devices see it. */
    public static Visibility toSelf(UserState user, long nowWallMillis) {
        return of(user, merged(user), nowWallMillis);
    }

    private static Activity merged(UserState user) {
        return switch (user.automatic()) {
            case NONE -> Activity.NONE;
            case INVISIBLE -> Activity.INVISIBLE;
            case AWAY -> user.wish().state() == Activity.INVISIBLE ? Activity.INVISIBLE : Activity.AWAY;
            case ONLINE -> user.wish().state();
        };
    }

    private static Visibility of(UserState user, Activity shown, long nowWallMillis) {
        boolean here = shown == Activity.ONLINE || shown == Activity.AWAY;
        Wish wish = user.wish();
        return wish.statusHolds(nowWallMillis)
                ? new Visibility(shown, wish.status(), wish.statusUntilMillis(), here ? 0 : user.lastSeenMillis())
                : new Visibility(shown, "", 0, here ? 0 : user.lastSeenMillis());
    }
}
