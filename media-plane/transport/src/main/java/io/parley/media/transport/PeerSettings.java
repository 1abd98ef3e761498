package io.parley.media.transport;

/**
 * What offer and answer agreed on for one peer (one bundled transport, RTCP multiplexed).
 *
 * @param local the credentials in our SDP; the user fragment must be unique on this node
 * @param remoteUfrag the user fragment in the peer's SDP
 * @param fingerprint of the peer's certificate; any other certificate is refused
 * @param role the side of the DTLS handshake that we take
 */
public record PeerSettings(IceCredentials local, String remoteUfrag, Fingerprint fingerprint, DtlsRole role) {}
