package io.parley.app;

/** Parley cannot start, for a reason that a person can mend; the message says which and how. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message, null, false, false);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause, false, true);
    }
}
