package io.parley.kernel.config;

/**
 * A setting is wrong. The message names it, its value, what is allowed and where it came from; made for a person to
 * read.
 */
public final class SettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingException(String message) {
        super(message, null, false, false);
    }
}
