package io.parley.app.acceptance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens (HS256) that every server of these tests accepts. */
final class TestTokens {
    static final String SECRET = "a-secret-of-the-tests-only-0123456789abcdef";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private TestTokens() {}

    static String of(String tenant, String user) {
        return of(tenant, user, Duration.ofHours(1), SECRET);
    }

    static String of(String tenant, String user, Duration life, String secret) {
        long now = Instant.now().getEpochSecond();
        String claims = new JsonObject()
                .put("sub", user)
                .put("tenant", tenant)
                .put("roles", new JsonArray().add("user"))
                .put("iat", now - 60)
                .put("exp", now + life.toSeconds())
                .encode();
        String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(mac(signed, secret));
    }

    private static byte[] mac(String signed, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }
}
