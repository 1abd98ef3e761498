package io.parley.media.transport.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The master key and salt of one direction, and the session keys derived from them (RFC 3711 section 4.3, key
 * derivation rate 0; for GCM with the shorter salt padded, RFC 7714 section 11).
 */
public final class SrtpKeys {
    private static final int PRF_SALT_BYTES = 14;
    private static final int AUTHENTICATION_BYTES = 20;

    private final SrtpProfile profile;
    private final byte[] masterKey;
    private final byte[] masterSalt;

    public SrtpKeys(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        if (masterKey.length != SrtpProfile.KEY_BYTES || masterSalt.length != profile.saltBytes()) {
            throw new IllegalArgumentException("key and salt do not have the lengths of " + profile);
        }
        this.profile = profile;
        this.masterKey = masterKey.clone();
        this.masterSalt = masterSalt.clone();
    }

    public SrtpProfile profile() {
        return profile;
    }

    /** The keys for RTP or for RTCP. */
    enum Use {
        RTP(0),
        RTCP(3);

        private final int firstLabel;

        Use(int firstLabel) {
            this.firstLabel = firstLabel;
        }
    }

    byte[] encryption(Use use) {
        return derive(use.firstLabel, SrtpProfile.KEY_BYTES);
    }

    byte[] authentication(Use use) {
        return derive(use.firstLabel + 1, AUTHENTICATION_BYTES);
    }

    byte[] salt(Use use) {
        return derive(use.firstLabel + 2, profile.saltBytes());
    }

    private byte[] derive(int label, int bytes) {
        byte[] start = Arrays.copyOf(Arrays.copyOf(masterSalt, PRF_SALT_BYTES), 16);
        start[7] ^= (byte) label;
        try {
            var generator = Cipher.getInstance("AES/CTR/NoPadding");
            generator.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"), new IvParameterSpec(start));
            return generator.doFinal(new byte[bytes]);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("every JDK has AES in counter mode", failure);
        }
    }
}
