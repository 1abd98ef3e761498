package io.parley.chat.domain;

/** The beginning of a text, for quotes and notices. */
public final class Excerpt {
    public static final int CHARACTERS_MAX = 200;

    private Excerpt() {}

    /** Counts code points, so no character is cut in two. */
    public static String of(String text) {
        return text.codePointCount(0, text.length()) <= CHARACTERS_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, CHARACTERS_MAX));
    }
}
