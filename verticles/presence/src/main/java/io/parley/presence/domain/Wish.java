package io.parley.presence.domain;

/**
 * What a user wants to be seen as, on all devices.
 *
 * @param state ONLINE = as the devices say; AWAY or INVISIBLE override them
 * @param status free text, may be empty
 * @param statusUntilMillis wall time at which the status clears, 0 = never
 */
public record Wish(Activity state, String status, long statusUntilMillis) {
    public static final Wish AUTOMATIC = new Wish(Activity.ONLINE, "", 0);

    public Wish {
        if (state == Activity.NONE) {
            throw new IllegalArgumentException("a wish is online, away or invisible");
        }
    }

    public boolean statusHolds(long nowWallMillis) {
        return !status.isEmpty() && (statusUntilMillis == 0 || nowWallMillis < statusUntilMillis);
    }

    /** One line for the store: letter, until, text. */
    public String encoded() {
        return state.letter() + "|" + statusUntilMillis + "|" + status;
    }

    public static Wish decoded(String line) {
        if (line.length() < 2) {
            return AUTOMATIC;
        }
        int bar = line.indexOf('|', 2);
        return new Wish(Activity.of(line.charAt(0)), line.substring(bar + 1), Long.parseLong(line.substring(2, bar)));
    }
}
