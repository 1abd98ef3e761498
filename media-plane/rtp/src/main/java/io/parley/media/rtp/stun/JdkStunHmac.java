package io.parley.media.rtp.stun;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA1 of the JDK, keyed with the password of short-term credentials (RFC 8489 section 9.1.1). Keeps its Mac, so
 * it has one owner; the JDK allocates the digest of each message.
 */
public final class JdkStunHmac implements StunHmac {
    private static final String ALGORITHM = "HmacSHA1";

    private final Mac mac;

    /** {@code key} is the password in UTF-8 and must not be empty (RFC 8489 section 9.1.1). */
    public JdkStunHmac(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, failure);
        }
    }

    @Override
    public void sign(byte[] message, int length, byte[] result) {
        try {
            mac.update(message, 0, length);
            mac.doFinal(result, 0);
        } catch (GeneralSecurityException failure) {
            throw new IllegalArgumentException("the result has no room for 20 bytes", failure);
        }
    }
}
