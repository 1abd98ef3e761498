package io.parley.presence.store;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real Redis whose scripts are counted, and fail once so many have run. For one caller at a time. */
final class WatchedRedis implements Redis {
    private final Redis redis;
    private final int scriptsMax;
    private final List<Integer> usersPerScript = new ArrayList<>();
    private int begun;
    private int underWay;
    private int atOnceMost;

    WatchedRedis(Redis redis, int scriptsMax) {
        this.redis = redis;
        this.scriptsMax = scriptsMax;
    }

    /** Of the scripts that ran, in order. */
    synchronized List<Integer> usersPerScript() {
        return List.copyOf(usersPerScript);
    }

    synchronized int atOnceMost() {
        return atOnceMost;
    }

    @Override
    public synchronized Future<@Nullable Response> send(Request command) {
        if (!command.command().equals(Command.EVALSHA)) {
            return redis.send(command);
        }
        if (begun++ == scriptsMax) {
            return Future.failedFuture(new IllegalStateException("no more scripts"));
        }
        atOnceMost = Math.max(atOnceMost, ++underWay);
        return redis.send(command).onSuccess(this::ended);
    }

    /** Every user that a sweep looks at changes. */
    private synchronized void ended(@Nullable Response changed) {
        underWay--;
        usersPerScript.add(changed == null ? 0 : changed.size());
    }

    @Override
    public Future<List<@Nullable Response>> batch(List<Request> commands) {
        return redis.batch(commands);
    }

    @Override
    public Future<RedisConnection> connect() {
        return redis.connect();
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
