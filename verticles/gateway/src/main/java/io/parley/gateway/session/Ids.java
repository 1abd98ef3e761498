package io.parley.gateway.session;

import io.parley.schema.Randomness;
import java.util.Base64;

/** Names that nobody can guess. Thread-safe. */
public final class Ids {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private final Randomness randomness;

    public Ids(Randomness randomness) {
        this.randomness = randomness;
    }

    /** Names a request in answers and logs. */
    public String request() {
        return "req_" + random(12);
    }

    public String session() {
        return "s_" + random(16);
    }

    String guest() {
        return "guest-" + random(12);
    }

    /** 256 bits. */
    String guestToken() {
        return GuestSessions.TOKEN_PREFIX + random(32);
    }

    private String random(int bytes) {
        byte[] chance = new byte[bytes];
        randomness.fill(chance);
        return URL.encodeToString(chance);
    }
}
