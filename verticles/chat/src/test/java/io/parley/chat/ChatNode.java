package io.parley.chat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.kernel.cluster.SingleNode;
import io.parley.kernel.config.Settings;
import io.parley.kernel.contract.CommandContracts;
import io.parley.kernel.fanout.Publisher;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.node.Readiness;
import io.parley.kernel.store.Stores;
import io.parley.schema.Clock;
import io.parley.schema.SecureRandomness;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.bus.v1.Command;
import io.parley.schema.bus.v1.Outcome;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.Push;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.redis.client.Redis;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A chat node of its own on a database: its own bus, its own verticle, and a publisher that writes down what it is
 * told.
 */
final class ChatNode implements AutoCloseable {
    static final String ID = "test";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final Vertx vertx = Vertx.vertx();
    final List<Publication> published = new CopyOnWriteArrayList<>();
    final MeterRegistry meters = new SimpleMeterRegistry();
    private final ChatRole role = new ChatRole();
    private @Nullable Stores stores;

    private ChatNode() {}

    static ChatNode start(PgConnectOptions database, Clock clock) {
        return start(database, clock, Map.of());
    }

    static ChatNode start(PgConnectOptions database, Clock clock, Map<String, String> settings) {
        var node = new ChatNode();
        node.start(database, clock, settings, node::keep);
        return node;
    }

    /** One whose publications are lost, as if it died between commit and publish. */
    static ChatNode mute(PgConnectOptions database, Clock clock) {
        var node = new ChatNode();
        node.start(database, clock, Map.of(), _ -> {});
        return node;
    }

    private void start(PgConnectOptions database, Clock clock, Map<String, String> settings, Publisher publisher) {
        Pool pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(6).setConnectionTimeout(3))
                .connectingTo(new PgConnectOptions(database).setCachePreparedStatements(true))
                .using(vertx)
                .build();
        stores = new Stores(pool, Redis.createClient(vertx, "redis://127.0.0.1:1")); // chat asks Redis for nothing
        var context = new NodeContext(
                ID,
                vertx,
                new SingleNode(ID, Set.of("chat")),
                Settings.of(settings),
                stores,
                publisher,
                meters,
                new Readiness(),
                clock,
                new SecureRandomness());
        await(role.start(context));
    }

    /** By hand, on the same database. */
    ChatAdmin admin() {
        return new ChatAdmin(vertx, Objects.requireNonNull(stores).postgres(), new SecureRandomness(), meters);
    }

    Future<Outcome> ask(Caller caller, Cmd cmd) {
        Command command = Command.newBuilder()
                .setCaller(caller)
                .setRequestId("r")
                .setCmd(cmd)
                .build();
        return CommandContracts.CHAT.at(ID).ask(vertx.eventBus(), command, PATIENCE);
    }

    private synchronized void keep(List<Publication> publications) {
        published.addAll(publications);
        notifyAll();
    }

    /** Waits for a push of the stream that is like this. */
    synchronized Push awaitPush(String stream, Predicate<Push> like) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + PATIENCE.toNanos();
        for (; ; ) {
            Optional<Push> found = pushes(stream).stream().filter(like).findFirst();
            long leftNanos = giveUpNanos - System.nanoTime();
            if (found.isPresent()) {
                return found.get();
            } else if (leftNanos <= 0) {
                throw new AssertionError("no such push within " + PATIENCE + " among " + pushes(stream));
            }
            TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
        }
    }

    List<Push> pushes(String stream) {
        return published.stream()
                .map(Publication::getPush)
                .filter(push -> push.getStream().equals(stream))
                .toList();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("no answer within " + PATIENCE, late);
        }
    }

    @Override
    public void close() {
        await(role.stop());
        await(vertx.close());
    }
}
