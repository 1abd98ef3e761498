package io.parley.kernel.auth;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Makes development tokens, signed with the key of one data folder. Thread-safe. */
public final class TokenMinter {
    private final String keyId;
    private final PrivateKey key;

    TokenMinter(String keyId, PrivateKey key) {
        this.keyId = keyId;
        this.key = key;
    }

    /** Valid from {@code nowMillis} for {@code ttl}. Ids must be as {@link JwtVerifier} accepts them. */
    public String mint(String tenant, String userId, List<String> roles, Duration ttl, long nowMillis) {
        long issuedAt = nowMillis / 1000;
        String claims = "{\"sub\":%s,\"tenant\":%s,\"roles\":[%s],\"iat\":%d,\"exp\":%d}"
                .formatted(
                        quoted(userId),
                        quoted(tenant),
                        roles.stream().map(TokenMinter::quoted).collect(Collectors.joining(",")),
                        issuedAt,
                        issuedAt + ttl.toSeconds());
        String header = "{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"" + keyId + "\"}";
        String signed = Base64URL.encode(header) + "." + Base64URL.encode(claims);
        return signed + "." + Base64URL.encode(sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] sign(byte[] signed) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(signed);
            return signer.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK signs with Ed25519", impossible);
        }
    }

    private static String quoted(String text) {
        if (!text.matches("[A-Za-z0-9_.-]{1,64}")) {
            throw new IllegalArgumentException("\"" + text + "\" must match [A-Za-z0-9_.-]{1,64}");
        }
        return '"' + text + '"';
    }
}
