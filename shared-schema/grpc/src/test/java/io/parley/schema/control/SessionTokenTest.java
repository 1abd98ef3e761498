package io.parley.schema.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.schema.v1.ParticipantRole;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node believes of a token. */
final class SessionTokenTest {
    private static final SessionToken TOKEN =
            new SessionToken("acme/standup", "p1", ParticipantRole.HOST, "node-a", 2_000);

    private final SessionTokenSigner signer = new SessionTokenSigner(fresh(), "k1");
    private final SessionTokenVerifier verifier = new SessionTokenVerifier(List.of(signer.publicJwk()));

    @Test
    void whatWasSignedIsRead() {
        assertEquals(TOKEN, verifier.verify(signer.sign(TOKEN), 1_999_999));
    }

    @Test
    void anExpiredTokenIsRefused() {
        refused("the token has expired", signer.sign(TOKEN), 2_000_000);
    }

    @Test
    void aTokenOfAnotherKeyIsRefused_alsoUnderTheSameName() {
        refused("the token's signature is wrong", new SessionTokenSigner(fresh(), "k1").sign(TOKEN), 0);
        refused(
                "the token is signed with a key that is not known",
                new SessionTokenSigner(fresh(), "k2").sign(TOKEN),
                0);
    }

    @Test
    void aChangedClaimIsRefused() {
        String[] parts = signer.sign(TOKEN).split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = claims.replace("p1", "p2");
        String forged = parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2];
        refused("the token's signature is wrong", forged, 0);
    }

    @Test
    void aTokenThatSaysItIsUnsignedIsRefused() {
        String none = base64("{\"alg\":\"none\",\"kid\":\"k1\"}");
        refused("the token is signed with a key that is not known", none + "." + base64("{}") + ".", 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a.b", "!.!.!", "e30.e30.e30", "e30.e30.e30.e30"})
    void whatIsNoTokenIsRefused(String text) {
        assertThrows(SessionTokenException.class, () -> verifier.verify(text, 0));
    }

    @Test
    void aTokenThatIsTooLongIsRefusedUnread() {
        refused("the token is too long", "a".repeat(SessionTokenVerifier.TOKEN_CHARS_MAX + 1), 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"kty\":\"RSA\",\"kid\":\"k\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"k\",\"x\":\"AA\"}"
            })
    void whatIsNoKeyIsRefused(String jwk) {
        assertThrows(SessionTokenException.class, () -> new SessionTokenVerifier(List.of(jwk)));
    }

    private void refused(String reason, String token, long nowWallMillis) {
        var refusal = assertThrows(SessionTokenException.class, () -> verifier.verify(token, nowWallMillis));
        assertEquals(reason, refusal.getMessage());
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair fresh() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
