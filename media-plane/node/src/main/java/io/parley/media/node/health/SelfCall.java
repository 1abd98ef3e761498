package io.parley.media.node.health;

import io.parley.media.node.rooms.Joining;
import io.parley.media.node.rooms.MediaRooms;
import io.parley.media.node.rooms.RoomListener;
import io.parley.media.sfu.allocation.Role;
import io.parley.media.transport.MediaTransport;
import io.parley.media.transport.dtls.DtlsIdentity;
import io.parley.schema.Clock;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the node by itself every few seconds: two callers join a room of their own through the real port, and what one
 * says must reach the other. The room is on the same shards as all others, but nobody is told of it.
 */
public final class SelfCall implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SelfCall.class);

    /** Media must have come back this long after a call began. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final int PACKETS = 3;
    private static final long PACKET_MILLIS = 20;

    private final MediaTransport transport;
    private final MediaRooms rooms;
    private final InetSocketAddress port;
    private final DtlsIdentity identity;
    private final SecureRandom random;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("media-self-call").daemon(true).factory());
    private volatile Result last = new Result(false, "the node has not called itself yet", 0);
    private long calls;

    /**
     * What the last call came to.
     *
     * @param reason why it failed; empty when it did not
     * @param millis from its beginning to the first media, when there was any
     */
    public record Result(boolean healthy, String reason, long millis) {}

    /** {@code bound} is an address that the port listens on; the wildcard is called over loopback. */
    public SelfCall(MediaTransport transport, InetAddress bound, SecureRandom random, Clock clock) {
        this.transport = transport;
        this.random = random;
        this.clock = clock;
        rooms = new MediaRooms(transport, random, clock::wallMillis, new RoomListener() {});
        var address = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        port = new InetSocketAddress(address, transport.candidates().getFirst().port());
        identity = DtlsIdentity.fresh(random, Instant.ofEpochMilli(clock.wallMillis()));
    }

    /** Calls now, and again {@code pause} after each call. Completes with the first result, on its own thread. */
    public CompletableFuture<Result> start(Duration pause) {
        var first = new CompletableFuture<Result>();
        var _ = thread.scheduleWithFixedDelay(
                () -> {
                    call();
                    first.complete(last);
                },
                0,
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
        return first;
    }

    /** Any thread. */
    public Result last() {
        return last;
    }

    private void call() {
        var before = last;
        long begunNanos = clock.monoNanos();
        try (var one = new Caller(port.getAddress(), identity, random);
                var other = new Caller(port.getAddress(), identity, random)) {
            last = listen(one, other, begunNanos);
        } catch (ExecutionException | CompletionException | UncheckedIOException failure) {
            var cause = failure.getCause() == null ? failure : failure.getCause();
            last = new Result(false, "the node cannot call itself: " + cause.getMessage(), 0);
        } catch (TimeoutException late) {
            last = new Result(false, "the rooms do not answer within " + PATIENCE.toSeconds() + " s", 0);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) { // a check that stops would leave the last result standing
            LOG.error("the self-call failed", failure);
            last = new Result(false, "the self-call failed: " + failure.getMessage(), 0);
        }
        if (before.healthy() != last.healthy() && !last.healthy()) {
            LOG.warn("unhealthy: {}", last.reason());
        }
    }

    private Result listen(Caller one, Caller other, long begunNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        // The names differ from call to call, so that the calls visit all shards.
        String room = "self-" + calls++ % (4L * transport.shards().size());
        try {
            var connected = connect(room, "one", one).thenCombine(connect(room, "other", other), (_, _) -> true);
            int heard = 0;
            while (heard < PACKETS && millisSince(begunNanos) < PATIENCE.toMillis()) {
                if (connected.isCompletedExceptionally()) {
                    connected.join();
                }
                if (connected.isDone()) {
                    one.speak();
                } else {
                    one.check(); // the one before may be lost
                    other.check();
                }
                heard += other.hears(PACKET_MILLIS) ? 1 : 0;
            }
            long took = millisSince(begunNanos);
            return heard >= PACKETS ? new Result(true, "", took) : new Result(false, complaint(connected), took);
        } finally {
            var _ = rooms.close(room);
        }
    }

    private static String complaint(CompletableFuture<Boolean> connected) {
        return (connected.isDone() ? "no media came back within " : "no connection to itself within ")
                + PATIENCE.toSeconds() + " s";
    }

    private CompletableFuture<Void> connect(String room, String name, Caller caller)
            throws InterruptedException, ExecutionException, TimeoutException {
        var joining = new Joining(room, name, Role.VIEWER, caller.offer(), Map.of());
        return caller.connect(rooms.join(joining).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), port);
    }

    private long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(clock.monoNanos() - nanos);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the self-call does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
