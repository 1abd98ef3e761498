package io.parley.kernel.auth;

import io.parley.kernel.config.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which tokens are accepted.
 *
 * @param production refuses the development key, and refuses to start without any other
 * @param developmentKeyFile made at first use; only read in development mode
 * @param keysFile a JWKS document, read again every {@code refresh}; empty = none
 * @param keysUrl where a JWKS document is fetched, again every {@code refresh}; empty = none
 * @param sharedSecret an HS256 secret of at least 32 bytes
 * @param issuer required value of "iss"; empty = any
 * @param audience must be among "aud"; empty = any
 * @param leeway how far clocks may differ
 */
public record AuthConfig(
        boolean production,
        String developmentKeyFile,
        String keysFile,
        String keysUrl,
        Optional<String> sharedSecret,
        String issuer,
        String audience,
        String defaultTenant,
        Duration leeway,
        Duration refresh) {

    public static AuthConfig from(Settings settings) {
        return new AuthConfig(
                settings.choice(
                                "auth.mode",
                                "development",
                                Set.of("development", "production"),
                                "production refuses the development key")
                        .equals("production"),
                settings.text(
                        "auth.development-key-file",
                        "data/development-key.json",
                        "the key of development tokens; made at first use"),
                settings.text("auth.keys-file", "", "a JWKS file with the keys that sign tokens"),
                settings.text("auth.keys-url", "", "where the JWKS document is fetched"),
                settings.secret("auth.shared-secret", "a secret of 32 bytes or more for HS256 tokens"),
                settings.text("auth.issuer", "", "required \"iss\" of tokens; empty = any"),
                settings.text("auth.audience", "", "required among \"aud\" of tokens; empty = any"),
                settings.text("auth.default-tenant", "default", "tenant of tokens that name none"),
                settings.duration(
                        "auth.leeway",
                        Duration.ofSeconds(30),
                        Duration.ZERO,
                        Duration.ofMinutes(5),
                        "how far clocks of token issuers may differ"),
                settings.duration(
                        "auth.keys-refresh",
                        Duration.ofMinutes(5),
                        Duration.ofMillis(50),
                        Duration.ofDays(1),
                        "how often keys are read again"));
    }
}
