package io.parley.chat.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Something that a channel type can have. */
public enum Feature {
    THREADS,
    REACTIONS,
    TYPING,
    RECEIPTS,
    MENTIONS,
    QUOTES,
    PINS;

    public static Optional<Feature> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(feature -> feature.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
