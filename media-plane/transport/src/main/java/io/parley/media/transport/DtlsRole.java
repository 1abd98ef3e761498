package io.parley.media.transport;

/** Which side of the DTLS handshake we take (RFC 5763 section 5, RFC 8842 section 5.2). */
public enum DtlsRole {
    /** We wait: our SDP says {@code a=setup:passive}. */
    SERVER,
    /** We begin: our SDP says {@code a=setup:active}. */
    CLIENT;

    /** Our role in the answer to an offer with {@code a=setup:}{@code setup}: passive wherever the peer allows it. */
    public static DtlsRole answering(String setup) {
        return switch (setup) {
            case "actpass", "active" -> SERVER;
            case "passive" -> CLIENT;
            default -> throw new IllegalArgumentException("a=setup:" + setup + " cannot be answered");
        };
    }

    /** The value of our {@code a=setup}. */
    public String setup() {
        return this == SERVER ? "passive" : "active";
    }
}
