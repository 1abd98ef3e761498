package io.parley.kernel.resilience;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Redis client whose every call passes a guard. A connection of one's own is guarded while it is made. */
final class GuardedRedis implements Redis {
    private final Redis redis;
    private final Guard guard;

    GuardedRedis(Redis redis, Guard guard) {
        this.redis = redis;
        this.guard = guard;
    }

    @Override
    public Future<RedisConnection> connect() {
        return guard.call(redis::connect);
    }

    @Override
    public Future<@Nullable Response> send(Request command) {
        return guard.<@Nullable Response>call(() -> redis.send(command));
    }

    @Override
    public Future<List<@Nullable Response>> batch(List<Request> commands) {
        return guard.<List<@Nullable Response>>call(() -> redis.batch(commands));
    }

    @Override
    public Future<Void> close() {
        return redis.close();
    }
}
