package io.parley.kernel.store;

import io.parley.schema.Clock;
import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Redis over a few connections that all requests share: each is sent at once behind the others (pipelining) instead of
 * waiting for a free connection, which under load took a hundred times as long as Redis itself. A caller's thread keeps
 * to one connection, so its requests arrive in order. A connection that ends, or answers nothing for {@link #SILENCE},
 * is replaced at the next request. Thread-safe.
 */
final class SharedRedis implements Redis {
    /** A connection that owes answers and gave none for this long is taken for dead. */
    static final Duration SILENCE = Duration.ofSeconds(5);

    private final Redis pool;
    private final Clock clock;
    private final AtomicReferenceArray<@Nullable Line> lines;

    /** @param pool makes the connections; must allow more of them than {@code connections}, for dead ones */
    SharedRedis(Redis pool, Clock clock, int connections) {
        this.pool = pool;
        this.clock = clock;
        this.lines = new AtomicReferenceArray<>(connections);
    }

    /** A connection of the caller's own, e.g. to subscribe. */
    @Override
    public Future<RedisConnection> connect() {
        return pool.connect();
    }

    @Override
    public Future<@Nullable Response> send(Request command) {
        return line().<@Nullable Response>ask(connection -> connection.send(command));
    }

    @Override
    public Future<List<@Nullable Response>> batch(List<Request> commands) {
        return line().<List<@Nullable Response>>ask(connection -> connection.batch(commands));
    }

    @Override
    public Future<Void> close() {
        return pool.close();
    }

    private Line line() {
        int index = (int) (Thread.currentThread().threadId() % lines.length());
        Line line = lines.get(index);
        if (line != null && !line.isDead()) {
            return line;
        }
        synchronized (this) {
            Line newest = lines.get(index);
            if (newest == line || newest == null) {
                newest = new Line();
                lines.set(index, newest);
            }
            return newest;
        }
    }

    /** One connection and what it owes. */
    private final class Line {
        private final Future<RedisConnection> connecting;
        private int owed;
        /** When it answered last, or when it began to owe. */
        private long heardNanos;

        private volatile boolean ended;

        Line() {
            connecting = pool.connect()
                    .onSuccess(connection ->
                            connection.exceptionHandler(_ -> ended = true).endHandler(_ -> ended = true))
                    .onFailure(_ -> ended = true);
        }

        synchronized boolean isDead() {
            return ended || (owed > 0 && clock.monoNanos() - heardNanos > SILENCE.toNanos());
        }

        <T extends @Nullable Object> Future<T> ask(Function<RedisConnection, Future<T>> request) {
            owe();
            return connecting.compose(request).onComplete(_ -> heard());
        }

        private synchronized void owe() {
            if (owed++ == 0) {
                heardNanos = clock.monoNanos();
            }
        }

        private synchronized void heard() {
            owed--;
            heardNanos = clock.monoNanos();
        }
    }
}
