package io.parley.kernel.auth;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jwt.JWTClaimsSet;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Clock;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.Future;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Verifies JWTs (RFC 7519): EdDSA, RS256, HS256. Nothing of a token is believed before its signature was checked with a
 * key of the same algorithm. Thread-safe.
 */
public final class JwtVerifier {
    /** As the contract bounds {@code Hello.token}. */
    public static final int TOKEN_BYTES_MAX = 8192;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final long ABSENT = Long.MIN_VALUE;
    private static final int ROLES_MAX = 16;
    private static final int NAME_LENGTH_MAX = 80;

    private final KeySource keys;
    private final AuthConfig config;
    private final Clock clock;

    public JwtVerifier(KeySource keys, AuthConfig config, Clock clock) {
        this.keys = keys;
        this.config = config;
        this.clock = clock;
    }

    /** Fails with TOKEN_INVALID or TOKEN_EXPIRED; the detail says what is wrong in words that help an integrator. */
    public Future<Principal> verify(String token) {
        JWSObject parsed;
        try {
            if (token.length() > TOKEN_BYTES_MAX) {
                return refused("the token is longer than " + TOKEN_BYTES_MAX + " bytes");
            }
            parsed = JWSObject.parse(token);
        } catch (ParseException | IllegalArgumentException notOne) {
            return refused("this is not a token");
        }
        if (parsed.getHeader().getCriticalParams() != null) {
            return refused("critical header parameters are not supported");
        }
        if (candidates(parsed).isEmpty()) {
            return keys.reloadForUnknownKey().compose(_ -> verifyNow(parsed));
        }
        return verifyNow(parsed);
    }

    private List<VerificationKey> candidates(JWSObject token) {
        return keys.keys()
                .candidates(
                        token.getHeader().getKeyID(),
                        token.getHeader().getAlgorithm().getName());
    }

    private Future<Principal> verifyNow(JWSObject token) {
        List<VerificationKey> candidates = candidates(token);
        if (candidates.isEmpty()) {
            return refused("no key of this server has the token's \"kid\" and \"alg\"");
        }
        byte[] signed = token.getSigningInput();
        byte[] signature = token.getSignature().decode();
        if (candidates.stream().noneMatch(key -> key.verifies(signed, signature))) {
            return refused("the signature is wrong");
        }
        try {
            return principal(JWTClaimsSet.parse(token.getPayload().toJSONObject()));
        } catch (ParseException | IllegalArgumentException | NullPointerException broken) {
            return refused("the claims are not as RFC 7519 has them");
        }
    }

    private Future<Principal> principal(JWTClaimsSet claims) throws ParseException {
        long now = clock.wallMillis();
        long leeway = config.leeway().toMillis();
        long expires = millis(claims.getExpirationTime());
        if (expires == ABSENT) {
            return refused("\"exp\" is missing");
        } else if (expires + leeway <= now) {
            return Future.failedFuture(Refusal.of(ErrorCode.TOKEN_EXPIRED));
        } else if (millis(claims.getNotBeforeTime()) > now + leeway || millis(claims.getIssueTime()) > now + leeway) {
            return refused("the token is from the future (\"nbf\", \"iat\")");
        } else if (!config.issuer().isEmpty() && !config.issuer().equals(claims.getIssuer())) {
            return refused("\"iss\" is not the issuer this server trusts");
        } else if (!config.audience().isEmpty() && !claims.getAudience().contains(config.audience())) {
            return refused("\"aud\" does not name this server");
        }
        String tenant = claims.getClaim("tenant") == null ? config.defaultTenant() : claims.getStringClaim("tenant");
        if (claims.getSubject() == null || !isId(claims.getSubject()) || !isId(tenant)) {
            return refused("\"sub\" and \"tenant\" must match " + ID.pattern());
        }
        List<String> roles = roles(claims);
        if (roles.size() > ROLES_MAX || !roles.stream().allMatch(JwtVerifier::isId)) {
            return refused("\"roles\" must be at most " + ROLES_MAX + " names");
        }
        long issuedAt = Math.max(0, millis(claims.getIssueTime()));
        return Future.succeededFuture(
                new Principal(tenant, claims.getSubject(), roles, name(claims), issuedAt, expires, expires + leeway));
    }

    private static List<String> roles(JWTClaimsSet claims) throws ParseException {
        return switch (claims.getClaim("roles")) {
            case null -> List.of();
            case String text ->
                text.isBlank() ? List.of() : List.of(text.strip().split("[ ,]+"));
            default -> List.copyOf(claims.getStringListClaim("roles"));
        };
    }

    private static String name(JWTClaimsSet claims) throws ParseException {
        String name = claims.getStringClaim("name");
        return name == null
                ? ""
                : name.codePoints()
                        .limit(NAME_LENGTH_MAX)
                        .filter(point ->
                                !Character.isISOControl(point) && Character.getType(point) != Character.SURROGATE)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static long millis(@Nullable Date date) {
        return date == null ? ABSENT : date.toInstant().toEpochMilli();
    }

    private static Future<Principal> refused(String detail) {
        return Future.failedFuture(Refusal.of(ErrorCode.TOKEN_INVALID, detail));
    }
}
