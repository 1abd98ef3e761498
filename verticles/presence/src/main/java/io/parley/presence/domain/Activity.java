package io.parley.presence.domain;

import java.time.Duration;

/** What one device, or all devices of a user together, show by themselves. The letter stands in Redis. */
public enum Activity {
    NONE('-'),
    INVISIBLE('i'),
    AWAY('a'),
    ONLINE('o');

    private final char letter;

    Activity(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }

    public static Activity of(char letter) {
        return switch (letter) {
            case 'o' -> ONLINE;
            case 'a' -> AWAY;
            case 'i' -> INVISIBLE;
            case '-' -> NONE;
            default -> throw new IllegalArgumentException("no activity has the letter " + letter);
        };
    }

    /** A device whose user has done nothing for {@code awayAfter} is away, whatever else it wants. */
    public static Activity ofDevice(Activity wanted, Duration idle, Duration awayAfter) {
        return wanted == ONLINE && idle.compareTo(awayAfter) >= 0 ? AWAY : wanted;
    }
}
