package io.parley.media.transport;

/** How far a peer has come. It only moves forward, except between {@link #CONNECTED} and {@link #CHECKING}. */
public enum PeerState {
    /** Nothing valid has come from the peer yet. */
    NEW,
    /** A connectivity check was valid; the DTLS handshake runs, or the path is being proven again after a restart. */
    CHECKING,
    /** Packets can go both ways. */
    CONNECTED,
    /** It will never work: the handshake failed, the certificate was another's, or consent ran out. */
    FAILED,
    /** {@link PeerTransport#close} was called. */
    CLOSED
}
