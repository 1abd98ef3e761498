package io.parley.kernel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.testkit.ManualClock;
import io.parley.testkit.TestRedis;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One connection for everybody: pipelined, replaced when it is gone or silent. */
@ExtendWith(TestRedis.class)
final class SharedRedisIT {
    private static final int PATIENCE_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx();
    private final ManualClock clock = new ManualClock();
    private final List<Redis> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (Redis redis : opened) {
            await(redis.close());
        }
        await(vertx.close());
    }

    @Test
    void manyRequestsAtOnceAreAnsweredInOrderOverOneConnection(TestRedis server) throws Exception {
        Redis redis = shared(server.url());
        List<Future<Long>> counts = IntStream.range(0, 2_000)
                .mapToObj(_ ->
                        redis.send(Request.cmd(Command.INCR).arg("shared:n")).map(SharedRedisIT::number))
                .toList();
        await(Future.all(counts));
        assertEquals(
                LongStream.rangeClosed(1, 2_000).boxed().toList(),
                counts.stream().map(Future::result).toList());
        assertEquals(1, named(server));
    }

    @Test
    void aConnectionThatEndedIsReplaced(TestRedis server) throws Exception {
        Redis redis = shared(server.url());
        long first = await(idOf(redis));
        server.command("CLIENT", "KILL", "ID", Long.toString(first));
        long second = awaitAnswer(redis);
        assertTrue(second > first, "a connection of its own");
    }

    @Test
    void aRefusalOfRedisIsNotTheConnectionsFault(TestRedis server) throws Exception {
        Redis redis = shared(server.url());
        long before = await(idOf(redis));
        var refused = redis.send(Request.cmd(Command.INCR)).mapEmpty(); // no argument
        assertThrows(ExecutionException.class, () -> await(refused));
        assertEquals(before, await(idOf(redis)));
    }

    @Test
    void aSilentConnectionIsReplaced(TestRedis server) throws Exception {
        var accepted = new LinkedBlockingQueue<NetSocket>();
        var silent = await(vertx.createNetServer().connectHandler(accepted::add).listen(0, "127.0.0.1"));
        Redis redis = shared("redis://127.0.0.1:" + silent.actualPort());
        var unanswered = redis.send(Request.cmd(Command.PING));
        accepted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        redis.send(Request.cmd(Command.PING));
        assertEquals(0, accepted.size(), "within the silence it is waited for");
        clock.advance(SharedRedis.SILENCE.plusMillis(1));
        redis.send(Request.cmd(Command.PING));
        assertTrue(accepted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) != null, "a second connection");
        assertEquals(false, unanswered.isComplete());
        await(silent.close());
    }

    private Redis shared(String url) {
        Redis pool = Redis.createClient(
                vertx,
                new RedisOptions().setConnectionString(url).setMaxPoolSize(4).setMaxWaitingHandlers(10_000));
        Redis redis = new SharedRedis(pool, clock, 1);
        opened.add(redis);
        return redis;
    }

    /** Connections of the server that sent INCR last. */
    private static long named(TestRedis server) {
        return String.valueOf(server.command("CLIENT", "LIST"))
                .lines()
                .filter(line -> line.contains("cmd=incr"))
                .count();
    }

    /** Asks until it is answered: what was under way when the connection ended fails. */
    private long awaitAnswer(Redis redis) throws Exception {
        Promise<Long> answered = Promise.promise();
        askUntilAnswered(
                redis,
                answered,
                System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos());
        return await(answered.future());
    }

    private void askUntilAnswered(Redis redis, Promise<Long> answered, long giveUpNanos) {
        idOf(redis).onSuccess(answered::complete).onFailure(failure -> {
            if (System.nanoTime() - giveUpNanos > 0) {
                answered.fail(failure);
            } else {
                vertx.runOnContext(_ -> askUntilAnswered(redis, answered, giveUpNanos));
            }
        });
    }

    /** The connection that the server sees. */
    private static Future<Long> idOf(Redis redis) {
        return redis.send(Request.cmd(Command.CLIENT).arg("ID")).map(SharedRedisIT::number);
    }

    private static long number(@Nullable Response answer) {
        return Objects.requireNonNull(Objects.requireNonNull(answer).toLong());
    }

    private static <T extends @Nullable Object> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
