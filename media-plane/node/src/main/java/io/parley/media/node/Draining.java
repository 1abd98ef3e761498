package io.parley.media.node;

import io.parley.media.node.rooms.MediaRooms;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a node in its own time: nobody new, and those who are here stay until they go or time is up. */
final class Draining implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Draining.class);
    private static final long LOOK_MILLIS = 100;

    private final MediaRooms rooms;
    private final Duration limit;
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("media-drain").daemon(true).factory());
    private volatile boolean draining;

    Draining(MediaRooms rooms, Duration limit) {
        this.rooms = rooms;
        this.limit = limit;
    }

    boolean isDraining() {
        return draining;
    }

    /** Completes when nobody is here any more or the limit is over. Idempotent. */
    synchronized CompletableFuture<Void> begin() {
        if (!draining) {
            draining = true;
            LOG.info("draining: nobody new; {} participants may stay for {}", rooms.participantCount(), limit);
            var _ = watch.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            var _ = watch.schedule(this::over, limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        return empty;
    }

    /** Completes when the drain is over, if one ever begins. */
    CompletableFuture<Void> empty() {
        return empty;
    }

    private void look() {
        if (rooms.participantCount() == 0) {
            empty.complete(null);
        }
    }

    private void over() {
        if (!empty.isDone()) {
            LOG.warn("the wait is over: {} participants lose their media", rooms.participantCount());
            empty.complete(null);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        empty.complete(null);
    }
}
