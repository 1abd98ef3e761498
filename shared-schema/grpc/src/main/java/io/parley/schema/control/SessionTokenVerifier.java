package io.parley.schema.control;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.parley.schema.v1.ParticipantRole;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Judges session tokens by public keys alone; asks nobody. Immutable, thread-safe. */
public final class SessionTokenVerifier {
    /** Characters of a token; longer ones are refused unread. */
    public static final int TOKEN_CHARS_MAX = 4_096;

    /** SubjectPublicKeyInfo of Ed25519 (RFC 8410) up to the 32 bytes of the key. */
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int KEY_BYTES = 32;
    private static final Value ABSENT = Value.getDefaultInstance();

    private final Map<String, PublicKey> keys;

    /** {@code jwks} are public Ed25519 keys (RFC 8037); throws {@link SessionTokenException} for one that is none. */
    public SessionTokenVerifier(List<String> jwks) {
        var read = new HashMap<String, PublicKey>();
        for (String jwk : jwks) {
            var fields = object(jwk, "the key is not JSON");
            if (!text(fields, "kty").equals("OKP") || !text(fields, "crv").equals("Ed25519")) {
                throw new SessionTokenException("a key of session tokens is not an Ed25519 key");
            }
            read.put(text(fields, "kid"), key(text(fields, "x")));
        }
        keys = Map.copyOf(read);
    }

    /**
     * What {@code token} says; throws {@link SessionTokenException} unless it is signed and its time has not passed.
     */
    public SessionToken verify(String token, long nowWallMillis) {
        if (token.length() > TOKEN_CHARS_MAX) {
            throw new SessionTokenException("the token is too long");
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw new SessionTokenException("the token is not a JWT");
        }
        var header = object(decoded(parts[0]), "the token's header is not JSON");
        var key = keys.get(text(header, "kid"));
        if (!text(header, "alg").equals("EdDSA") || key == null) {
            throw new SessionTokenException("the token is signed with a key that is not known");
        }
        if (!isSigned(key, parts[0] + "." + parts[1], bytes(parts[2]))) {
            throw new SessionTokenException("the token's signature is wrong");
        }
        var claims = object(decoded(parts[1]), "the token's claims are not JSON");
        var said = token(claims);
        if (said.expiresAtSeconds() <= Math.floorDiv(nowWallMillis, 1_000L)) {
            throw new SessionTokenException("the token has expired");
        }
        return said;
    }

    private static SessionToken token(Struct claims) {
        try {
            return new SessionToken(
                    text(claims, "room"),
                    text(claims, "participant"),
                    ParticipantRole.valueOf(text(claims, "role")),
                    text(claims, "sfu"),
                    (long) claims.getFieldsOrDefault("exp", ABSENT).getNumberValue());
        } catch (IllegalArgumentException incomplete) {
            throw new SessionTokenException("the token lacks a claim, or one is malformed");
        }
    }

    private static boolean isSigned(PublicKey key, String text, byte[] signed) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.verify(signed);
        } catch (GeneralSecurityException malformed) {
            return false; // a signature of the wrong length or form
        }
    }

    private static PublicKey key(String x) {
        byte[] raw = bytes(x);
        if (raw.length != KEY_BYTES) {
            throw new SessionTokenException("a key of session tokens has the wrong length");
        }
        byte[] spki = new byte[SPKI_PREFIX.length + KEY_BYTES];
        System.arraycopy(SPKI_PREFIX, 0, spki, 0, SPKI_PREFIX.length);
        System.arraycopy(raw, 0, spki, SPKI_PREFIX.length, KEY_BYTES);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException malformed) {
            throw new SessionTokenException("a key of session tokens is malformed");
        }
    }

    private static Struct object(String json, String otherwise) {
        var fields = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(json, fields);
        } catch (InvalidProtocolBufferException malformed) {
            throw new SessionTokenException(otherwise);
        }
        return fields.build();
    }

    private static String text(Struct fields, String name) {
        return fields.getFieldsOrDefault(name, ABSENT).getStringValue();
    }

    private static String decoded(String part) {
        return new String(bytes(part), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException malformed) {
            throw new SessionTokenException("the token is not base64url");
        }
    }
}
