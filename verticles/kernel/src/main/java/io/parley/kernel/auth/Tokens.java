package io.parley.kernel.auth;

import io.parley.kernel.config.Settings;
import io.parley.schema.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Token verification as configured: the keys it needs, started and stopped together. */
public final class Tokens {
    private final KeySource source;
    private final JwtVerifier verifier;

    private Tokens(KeySource source, JwtVerifier verifier) {
        this.source = source;
        this.verifier = verifier;
    }

    /** Completes when the first keys are there. Fails when production mode has no key, or a source cannot be read. */
    public static Future<Tokens> start(Vertx vertx, Settings settings, Clock clock) {
        AuthConfig config = AuthConfig.from(settings);
        return fixedKeys(vertx, config).compose(fixed -> {
            if (fixed.isEmpty()
                    && config.keysFile().isEmpty()
                    && config.keysUrl().isEmpty()) {
                return Future.failedFuture("auth.mode is production, but no key is configured: set auth.keys-file,"
                        + " auth.keys-url or auth.shared-secret");
            }
            KeySource source = new KeySource(vertx, config, clock, fixed);
            return source.start().map(new Tokens(source, new JwtVerifier(source, config, clock)));
        });
    }

    private static Future<KeySet> fixedKeys(Vertx vertx, AuthConfig config) {
        KeySet secret = config.sharedSecret()
                .map(text -> new KeySet(List.of(VerificationKey.hmac(null, text.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "auth.shared-secret is shorter than 32 bytes; HS256 needs at least that")))))
                .orElse(KeySet.EMPTY);
        if (config.production()) {
            return Future.succeededFuture(secret);
        }
        return vertx.executeBlocking(() -> DevelopmentKey.in(Path.of(config.developmentKeyFile())))
                .map(key -> Objects.requireNonNull(key).keys().and(secret));
    }

    public JwtVerifier verifier() {
        return verifier;
    }

    public Future<?> stop() {
        return source.stop();
    }
}
