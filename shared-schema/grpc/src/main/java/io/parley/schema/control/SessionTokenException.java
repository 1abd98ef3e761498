package io.parley.schema.control;

/** A session token that is no proof; the message says what is wrong with it and holds nothing of it. */
public final class SessionTokenException extends RuntimeException {
    public SessionTokenException(String message) {
        super(message);
    }
}
