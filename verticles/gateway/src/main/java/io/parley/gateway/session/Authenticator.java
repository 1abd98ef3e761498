package io.parley.gateway.session;

import io.parley.kernel.auth.JwtVerifier;
import io.parley.kernel.auth.Principal;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.Future;

/** Turns a token into somebody: JWTs by signature, guest tokens by looking them up. Thread-safe. */
public final class Authenticator {
    private final JwtVerifier jwts;
    private final GuestSessions guests;

    public Authenticator(JwtVerifier jwts, GuestSessions guests) {
        this.jwts = jwts;
        this.guests = guests;
    }

    /** Fails with TOKEN_MISSING, TOKEN_INVALID or TOKEN_EXPIRED. Revocation is told by the admission that follows. */
    public Future<Principal> authenticate(String token) {
        if (token.isEmpty()) {
            return Future.failedFuture(Refusal.of(ErrorCode.TOKEN_MISSING));
        }
        return GuestSessions.isGuestToken(token) ? guests.introspect(token) : jwts.verify(token);
    }
}
