package io.parley.kernel.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One key and the one algorithm it may be used with. The algorithm comes from the key, never from the token, so a
 * public key can never be taken for a shared secret. Immutable, thread-safe.
 */
record VerificationKey(@Nullable String id, String algorithm, Key key) {
    private static final String EDDSA = "EdDSA";
    private static final String RS256 = "RS256";
    private static final String HS256 = "HS256";
    private static final int RSA_BITS_MIN = 2048;
    private static final int SECRET_BYTES_MIN = 32;
    /** SubjectPublicKeyInfo of Ed25519 (RFC 8410) up to the 32 bytes of the key. */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /** Empty for a key that cannot verify tokens: another type or use, or too weak. */
    static Optional<VerificationKey> of(JWK jwk) throws JOSEException, GeneralSecurityException {
        if (jwk.getKeyUse() != null && !"sig".equals(jwk.getKeyUse().identifier())) {
            return Optional.empty();
        }
        Optional<VerificationKey> key = switch (jwk) {
            case OctetKeyPair pair
            when "Ed25519".equals(pair.getCurve().getName()) ->
                Optional.of(ed25519(pair.getKeyID(), pair.getX().decode()));
            case RSAKey rsa -> rsa(rsa.getKeyID(), rsa.toRSAPublicKey());
            case OctetSequenceKey secret -> hmac(secret.getKeyID(), secret.toByteArray());
            default -> Optional.empty();
        };
        return key.filter(found ->
                jwk.getAlgorithm() == null || found.accepts(jwk.getAlgorithm().getName()));
    }

    static VerificationKey ed25519(@Nullable String id, byte[] x) throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + x.length);
        System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, x.length);
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        return new VerificationKey(id, EDDSA, key);
    }

    static Optional<VerificationKey> hmac(@Nullable String id, byte[] secret) {
        return secret.length < SECRET_BYTES_MIN
                ? Optional.empty()
                : Optional.of(new VerificationKey(id, HS256, new SecretKeySpec(secret, "HmacSHA256")));
    }

    private static Optional<VerificationKey> rsa(@Nullable String id, RSAPublicKey key) {
        return key.getModulus().bitLength() < RSA_BITS_MIN
                ? Optional.empty()
                : Optional.of(new VerificationKey(id, RS256, key));
    }

    /** RFC 9864 gave EdDSA with this curve a name of its own; both mean the same. */
    boolean accepts(String tokenAlgorithm) {
        return algorithm.equals(tokenAlgorithm) || (algorithm.equals(EDDSA) && tokenAlgorithm.equals("Ed25519"));
    }

    boolean verifies(byte[] signed, byte[] signature) {
        try {
            if (algorithm.equals(HS256)) {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                return MessageDigest.isEqual(mac.doFinal(signed), signature);
            }
            Signature verifier = Signature.getInstance(algorithm.equals(EDDSA) ? "Ed25519" : "SHA256withRSA");
            verifier.initVerify((PublicKey) key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }
}
