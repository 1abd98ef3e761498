package io.parley.kernel.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.config.Settings;
import io.parley.schema.v1.ErrorCode;
import io.parley.testkit.ManualClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an issuer outside: keys from a file and from a URL, and how they change while the server runs (R28). */
final class KeysIT {
    private static final Map<String, RSAKey> KEYS = new HashMap<>();
    private static final String SECRET = "a shared secret of more than 32 bytes";

    private final Vertx vertx = Vertx.vertx();
    private final ManualClock clock = new ManualClock();

    @TempDir
    Path folder;

    @BeforeAll
    static void generate() throws JOSEException {
        for (String id : List.of("old", "new", "foreign")) {
            KEYS.put(id, new RSAKeyGenerator(2048).keyID(id).generate());
        }
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void aKeyOfTheFileSignsAndAKeyTakenOutOfItDoesNot() throws Exception {
        Path file = folder.resolve("keys.json");
        Files.writeString(file, jwks("old"));
        JwtVerifier verifier = start(Map.of("auth.keys-file", file.toString()));
        assertEquals("alice", await(verifier.verify(rs256("old"))).userId());
        assertRefused(verifier, rs256("foreign"));

        Files.writeString(file, jwks("new"));
        assertRefused(verifier, rs256("new")); // asked a moment ago: invented key ids make no work
        clock.advance(KeySource.RELOAD_PAUSE);
        assertEquals("alice", await(verifier.verify(rs256("new"))).userId());
        assertRefused(verifier, rs256("old"));

        Files.writeString(file, "{\"keys\": [broken");
        clock.advance(KeySource.RELOAD_PAUSE);
        assertRefused(verifier, rs256("foreign")); // looks at the file, which cannot be read
        assertEquals("alice", await(verifier.verify(rs256("new"))).userId(), "the keys there were stay");
    }

    @Test
    void keysOfAUrlAreFetchedWhenATokenNamesANewOne() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        List<String> published = new CopyOnWriteArrayList<>(List.of(jwks("old")));
        HttpServer issuer = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    asked.incrementAndGet();
                    request.response().end(published.getLast());
                })
                .listen(0, "127.0.0.1"));
        JwtVerifier verifier = start(Map.of("auth.keys-url", "http://127.0.0.1:" + issuer.actualPort() + "/keys"));
        assertEquals("alice", await(verifier.verify(rs256("old"))).userId());
        assertEquals(1, asked.get());

        published.add(jwks("old", "new"));
        clock.advance(KeySource.RELOAD_PAUSE);
        assertEquals("alice", await(verifier.verify(rs256("new"))).userId());
        assertEquals("alice", await(verifier.verify(rs256("old"))).userId(), "both, while tokens of the old one live");
        assertEquals(2, asked.get());

        published.add("x".repeat(KeySource.DOCUMENT_BYTES_MAX + 1));
        clock.advance(KeySource.RELOAD_PAUSE);
        assertRefused(verifier, rs256("foreign"));
        await(issuer.close());
        clock.advance(KeySource.RELOAD_PAUSE);
        assertRefused(verifier, rs256("foreign"));
        assertEquals("alice", await(verifier.verify(rs256("new"))).userId(), "the issuer may be away");
    }

    /** The oldest trick: the public key, which everybody knows, as the secret of an HS256 token; or no signature. */
    @Test
    void theAlgorithmIsTheKeysNotTheTokens() throws Exception {
        Path file = folder.resolve("keys.json");
        Files.writeString(file, jwks("old"));
        JwtVerifier verifier = start(Map.of("auth.keys-file", file.toString(), "auth.shared-secret", SECRET));
        RSAKey known = KEYS.get("old");
        byte[] publicKey = Objects.requireNonNull(known).toRSAPublicKey().getEncoded();
        assertRefused(verifier, signed(new MACSigner(publicKey), JWSAlgorithm.HS256, "old"));
        assertRefused(verifier, signed(new MACSigner(publicKey), JWSAlgorithm.HS256, null));
        String[] parts = rs256("old").split("\\.", -1);
        String none = Base64URL.encode("{\"alg\":\"none\"}").toString();
        assertRefused(verifier, none + "." + parts[1] + ".");
        assertRefused(verifier, parts[0] + "." + parts[1] + ".");
        assertEquals(
                "alice",
                await(verifier.verify(signed(new MACSigner(SECRET), JWSAlgorithm.HS256, null)))
                        .userId());
    }

    @Test
    void productionNeedsAKeyOfItsOwnAndRefusesTheDevelopmentKey() throws Exception {
        Path development = folder.resolve("development.json");
        String token = DevelopmentKey.in(development)
                .minter()
                .mint("default", "alice", List.of(), Duration.ofHours(1), clock.wallMillis());
        var common = Map.of("auth.development-key-file", development.toString());
        assertEquals("alice", await(start(common).verify(token)).userId());
        var none = assertThrows(ExecutionException.class, () -> tokens(with(common, "auth.mode", "production")));
        assertTrue(String.valueOf(none.getMessage()).contains("auth.keys-file"), none::getMessage);
        var production = with(with(common, "auth.mode", "production"), "auth.shared-secret", SECRET);
        assertRefused(start(production), token);
        var weak = with(with(common, "auth.mode", "production"), "auth.shared-secret", "short");
        assertThrows(Exception.class, () -> tokens(weak));
        var unreadable =
                with(common, "auth.keys-file", folder.resolve("absent.json").toString());
        assertThrows(ExecutionException.class, () -> tokens(unreadable));
    }

    private static Map<String, String> with(Map<String, String> settings, String key, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(key, value);
        return more;
    }

    private JwtVerifier start(Map<String, String> settings) throws Exception {
        return tokens(settings).verifier();
    }

    private Tokens tokens(Map<String, String> settings) throws Exception {
        Map<String, String> all = with(settings, "auth.keys-refresh", "1d");
        all.putIfAbsent("auth.development-key-file", folder.resolve("key.json").toString());
        return Tokens.start(vertx, Settings.of(all), clock)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private static String jwks(String... ids) {
        return new JWKSet(List.of(ids).stream()
                        .map(id -> (JWK) Objects.requireNonNull(KEYS.get(id)).toPublicJWK())
                        .toList())
                .toString();
    }

    private String rs256(String key) throws JOSEException {
        return signed(new RSASSASigner(Objects.requireNonNull(KEYS.get(key))), JWSAlgorithm.RS256, key);
    }

    private String signed(JWSSigner signer, JWSAlgorithm algorithm, @Nullable String keyId) throws JOSEException {
        var claims = new JWTClaimsSet.Builder()
                .subject("alice")
                .claim("iat", clock.wallMillis() / 1000)
                .claim("exp", clock.wallMillis() / 1000 + 3_600)
                .build();
        var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static void assertRefused(JwtVerifier verifier, String token) {
        var failure = assertThrows(AssertionError.class, () -> await(verifier.verify(token)));
        Throwable cause =
                failure.getCause() == null ? failure : failure.getCause().getCause();
        assertTrue(cause instanceof Refusal refusal && refusal.code() == ErrorCode.TOKEN_INVALID, () -> "" + cause);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
