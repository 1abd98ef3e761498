package io.parley.gateway.session;

import com.google.protobuf.util.Timestamps;
import io.parley.kernel.auth.Principal;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Clock;
import io.parley.schema.v1.CreateGuest;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.GuestSession;
import io.parley.schema.v1.User;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of people without an account: opaque tokens of which only the SHA-256 is stored, until they expire.
 * Thread-safe.
 */
public final class GuestSessions {
    static final String TOKEN_PREFIX = "guest_";
    private static final Pattern TOKEN = Pattern.compile(TOKEN_PREFIX + "[A-Za-z0-9_-]{43}");

    private final Redis redis;
    private final Clock clock;
    private final Ids ids;
    private final GuestConfig config;

    public GuestSessions(Redis redis, Clock clock, Ids ids, GuestConfig config) {
        this.redis = redis;
        this.clock = clock;
        this.ids = ids;
        this.config = config;
    }

    static boolean isGuestToken(String token) {
        return token.startsWith(TOKEN_PREFIX);
    }

    public Future<GuestSession> create(CreateGuest request) {
        if (!config.allowed()) {
            return Future.failedFuture(Refusal.of(ErrorCode.FORBIDDEN, "this server takes no guests"));
        }
        String tenant = config.tenants().contains(request.getTenant()) ? request.getTenant() : config.tenant();
        if (!request.getTenant().isEmpty() && !request.getTenant().equals(tenant)) {
            return Future.failedFuture(Refusal.of(ErrorCode.FORBIDDEN, "this tenant takes no guests"));
        }
        String token = ids.guestToken();
        String userId = ids.guest();
        long now = clock.wallMillis();
        String name = request.getName().isBlank() ? "Guest" : request.getName().strip();
        String stored = new JsonObject()
                .put("tenant", tenant)
                .put("user", userId)
                .put("name", name)
                .put("issued", now)
                .put("expires", now + config.ttl().toMillis())
                .encode();
        return redis.send(Request.cmd(Command.SET)
                        .arg(key(token))
                        .arg(stored)
                        .arg("PX")
                        .arg(config.ttl().toMillis()))
                .map(_ -> GuestSession.newBuilder()
                        .setToken(token)
                        .setTokenTtlMs(
                                (int) Math.min(Integer.MAX_VALUE, config.ttl().toMillis()))
                        .setUser(User.newBuilder()
                                .setId(userId)
                                .setName(name)
                                .setGuest(true)
                                .setCreatedAt(Timestamps.fromMillis(now)))
                        .build());
    }

    /** Fails with TOKEN_EXPIRED: what is gone from Redis leaves no trace, so a token that never was looks the same. */
    Future<Principal> introspect(String token) {
        return TOKEN.matcher(token).matches()
                ? redis.send(Request.cmd(Command.GET).arg(key(token))).compose(this::principal)
                : Future.failedFuture(Refusal.of(ErrorCode.TOKEN_INVALID));
    }

    private Future<Principal> principal(@Nullable Response stored) {
        if (stored == null) {
            return Future.failedFuture(Refusal.of(ErrorCode.TOKEN_EXPIRED, "the guest session has ended"));
        }
        JsonObject session = new JsonObject(stored.toString(StandardCharsets.UTF_8));
        long expires = session.getLong("expires");
        return Future.succeededFuture(new Principal(
                session.getString("tenant"),
                session.getString("user"),
                List.of(Principal.GUEST),
                session.getString("name"),
                session.getLong("issued"),
                expires,
                expires));
    }

    private static String key(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return "parley:guest:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** For how long, and in which tenant, guests are let in. */
    public record GuestConfig(boolean allowed, String tenant, List<String> tenants, Duration ttl) {}
}
