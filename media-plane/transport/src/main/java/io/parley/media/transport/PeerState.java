package io.parley.media.transport;

/** How far a peer has come. It only moves forward, except between {@link #CONNECTED} and {@link #SILENT}. */
public enum PeerState {
    /** Nothing valid has come from the peer yet. */
    NEW,
    /** A connectivity check was valid; the DTLS handshake runs. */
    CHECKING,
    /** Packets can go both ways. */
    CONNECTED,
    /** It was connected, and nothing valid has come for a while. Packets still go out, as long as consent lasts. */
    SILENT,
    /** It will never work: the handshake failed, the certificate was another's, or consent ran out. */
    FAILED,
    /** {@link PeerTransport#close} was called. */
    CLOSED;

    /** Whether packets can be sent. */
    public boolean isReachable() {
        return this == CONNECTED || this == SILENT;
    }
}
