package io.parley.schema.control;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** Makes session tokens: JWTs (RFC 7519) signed with Ed25519 (RFC 8037). Thread-safe. */
public final class SessionTokenSigner {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int KEY_BYTES = 32;

    private final KeyPair keys;
    private final String keyId;
    private final String header;

    /** {@code keys} are of Ed25519; {@code keyId} tells them from those before and after. */
    public SessionTokenSigner(KeyPair keys, String keyId) {
        this.keys = keys;
        this.keyId = keyId;
        header = encoded(Struct.newBuilder()
                .putFields("alg", text("EdDSA"))
                .putFields("typ", text("JWT"))
                .putFields("kid", text(keyId)));
    }

    public String sign(SessionToken token) {
        String claims = encoded(Struct.newBuilder()
                .putFields("room", text(token.room()))
                .putFields("participant", text(token.participant()))
                .putFields("role", text(token.role().name()))
                .putFields("sfu", text(token.sfu()))
                .putFields(
                        "exp",
                        Value.newBuilder()
                                .setNumberValue((double) token.expiresAtSeconds())
                                .build()));
        String signed = header + "." + claims;
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this machine cannot sign with Ed25519", broken);
        }
    }

    /** The public key as a node takes it: a JWK (RFC 8037 section 2). */
    public String publicJwk() {
        byte[] encoded = keys.getPublic().getEncoded(); // SubjectPublicKeyInfo: the key is its end
        byte[] key = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
        return json(Struct.newBuilder()
                .putFields("kty", text("OKP"))
                .putFields("crv", text("Ed25519"))
                .putFields("kid", text(keyId))
                .putFields("x", text(BASE64.encodeToString(key))));
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static String encoded(Struct.Builder fields) {
        return BASE64.encodeToString(json(fields).getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Struct.Builder fields) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(fields);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("a flat object has no JSON", impossible);
        }
    }
}
