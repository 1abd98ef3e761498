package io.parley.schema;

/**
 * The one rule for names that people or clients choose: 1 to {@link Limits#NAME_LENGTH_MAX} of {@code A-Z a-z 0-9 _ .
 * -}. So a name is safe, as it is, in stream names, Redis keys, URLs, logs and file names.
 */
final class Names {
    private Names() {}

    static boolean isValid(String name) {
        int length = name.length();
        if (length == 0 || length > Limits.NAME_LENGTH_MAX) {
            return false;
        }
        for (int index = 0; index < length; index++) {
            if (!isAllowed(name.charAt(index))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Throws unless {@code name} is one; the text says what is allowed but never repeats the name, which may be
     * hostile.
     */
    static void require(String kind, String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(
                    "a %s is 1 to %d of A-Z a-z 0-9 _ . -".formatted(kind, Limits.NAME_LENGTH_MAX));
        }
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == '-';
    }
}
