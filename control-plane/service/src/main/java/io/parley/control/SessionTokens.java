package io.parley.control;

import io.parley.schema.Clock;
import io.parley.schema.Randomness;
import io.parley.schema.control.SessionToken;
import io.parley.schema.control.SessionTokenSigner;
import io.parley.schema.v1.ParticipantRole;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Signs what nodes take as proof (R24). The key lives as long as the process: a node hears of the present one whenever
 * it attaches, and a token is used within moments of being made.
 */
final class SessionTokens {
    private static final int KEY_ID_BYTES = 16;

    private final SessionTokenSigner signer;
    private final Duration ttl;
    private final Clock clock;

    SessionTokens(Duration ttl, Clock clock, Randomness chance) {
        this.ttl = ttl;
        this.clock = clock;
        try {
            signer = new SessionTokenSigner(
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), keyId(chance));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has Ed25519", impossible);
        }
    }

    private static String keyId(Randomness chance) {
        byte[] bytes = new byte[KEY_ID_BYTES];
        chance.fill(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    String sign(String room, String participantId, ParticipantRole role, String nodeId) {
        long expires = (clock.wallMillis() + ttl.toMillis()) / 1_000;
        return signer.sign(new SessionToken(room, participantId, role, nodeId, expires));
    }

    String publicKey() {
        return signer.publicJwk();
    }
}
