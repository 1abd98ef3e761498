package io.parley.kernel.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys that are good for tokens right now. Immutable. */
public final class KeySet {
    /** A document with more keys than this is refused: a token without "kid" is tried against all of them. */
    static final int KEYS_MAX = 32;

    static final KeySet EMPTY = new KeySet(List.of());
    private final List<VerificationKey> keys;

    KeySet(List<VerificationKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Reads a JWKS document (RFC 7517). Keys of other kinds are left out. */
    public static KeySet parse(String jwks) throws ParseException {
        List<JWK> given = JWKSet.parse(jwks).getKeys();
        if (given.size() > KEYS_MAX) {
            throw new ParseException("more than " + KEYS_MAX + " keys", 0);
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (JWK jwk : given) {
            try {
                VerificationKey.of(jwk).ifPresent(keys::add);
            } catch (JOSEException | GeneralSecurityException broken) {
                throw new ParseException("key " + jwk.getKeyID() + " cannot be read: " + broken.getMessage(), 0);
            }
        }
        return new KeySet(keys);
    }

    KeySet and(KeySet more) {
        return new KeySet(Stream.concat(keys.stream(), more.keys.stream()).toList());
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Keys that may have signed a token with this header. */
    List<VerificationKey> candidates(@Nullable String keyId, String algorithm) {
        return keys.stream()
                .filter(key -> key.accepts(algorithm) && (keyId == null || keyId.equals(key.id())))
                .toList();
    }
}
