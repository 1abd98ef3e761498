package io.parley.media.rtp.stun;

/** An HMAC-SHA1 with its key (RFC 8489 section 14.5, RFC 2104). One owner, unless an implementation says otherwise. */
@FunctionalInterface
public interface StunHmac {
    /** Computes the 20 bytes of the first {@code length} bytes of {@code message} into {@code mac}. */
    void sign(byte[] message, int length, byte[] mac);
}
