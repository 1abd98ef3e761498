package io.parley.gateway.contract;

/** What may count as text: PostgreSQL cannot store NUL, and no encoding carries half a character. */
final class Texts {
    private Texts() {}

    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0 || Character.isLowSurrogate(unit)) {
                return false;
            } else if (Character.isHighSurrogate(unit)) {
                if (++i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
