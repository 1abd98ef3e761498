package io.parley.gateway.session;

import io.parley.gateway.limit.Admission;
import io.parley.kernel.contract.StreamContracts;
import io.parley.schema.Clock;
import io.parley.schema.bus.v1.SessionsRevoked;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends sessions of a user: the list in Redis is the truth and refuses tokens issued before; a notice on the bus closes
 * open sockets at once, and who misses it sees the list at the next check. Thread-safe.
 */
public final class Revocations {
    private final Redis redis;
    private final EventBus bus;
    private final Clock clock;
    private final Duration keep;

    /** {@code keep}: at least as long as any token lives. */
    public Revocations(Redis redis, EventBus bus, Clock clock, Duration keep) {
        this.redis = redis;
        this.bus = bus;
        this.clock = clock;
        this.keep = keep;
    }

    /** Completes when the list holds it: from then on no gateway takes the user's old tokens. */
    public Future<Void> revoke(String tenant, String userId) {
        long before = clock.wallMillis();
        return redis.send(Request.cmd(Command.SET)
                        .arg(Admission.revocationKey(tenant, userId))
                        .arg(before)
                        .arg("PX")
                        .arg(keep.toMillis()))
                .onSuccess(_ -> StreamContracts.SESSIONS_REVOKED.publish(
                        bus,
                        SessionsRevoked.newBuilder()
                                .setTenant(tenant)
                                .setUserId(userId)
                                .setBeforeWallMillis(before)
                                .build()))
                .mapEmpty();
    }

    /** Per key of {@link Admission#revocationKey} the moment before which tokens are refused, 0 for none. */
    public Future<List<Long>> revokedBefore(List<String> keys) {
        Request request = Request.cmd(Command.MGET);
        keys.forEach(request::arg);
        return redis.send(request).map(reply -> {
            List<Long> moments = new ArrayList<>(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                Response moment = reply == null ? null : reply.get(i);
                moments.add(moment == null ? 0L : Long.parseLong(moment.toString()));
            }
            return moments;
        });
    }
}
