package io.parley.media.transport.dtls;

import org.bouncycastle.tls.AlertDescription;

/** The last alert that the peer sent. One owner, the handshake's thread. */
final class AlertLog {
    private static final short NONE = -1;

    private short last = NONE;

    void received(short description) {
        last = description;
    }

    boolean isClosed() {
        return last == AlertDescription.close_notify;
    }

    /** What the peer complained about, empty when it did not. */
    String complaint() {
        return last == NONE ? "" : " (the peer says " + AlertDescription.getName(last) + ")";
    }
}
