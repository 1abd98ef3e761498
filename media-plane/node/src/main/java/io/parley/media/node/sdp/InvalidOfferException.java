package io.parley.media.node.sdp;

/** An offer that cannot be answered; the message is a sentence for whoever wrote the client. */
public final class InvalidOfferException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public InvalidOfferException(String message) {
        super(message);
    }
}
