package io.parley.kernel.fanout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.kernel.cluster.Cluster;
import io.parley.schema.Clock;
import io.parley.schema.Limits;
import io.parley.schema.bus.v1.Publication;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Sends publications to the owners of their shards, one message per owner and event-loop turn. Any thread may publish;
 * one context sends, so what one thread publishes stays in order. A full queue drops the newest: gateways find the
 * hole.
 */
public final class BusPublisher implements Publisher {
    private final Context context;
    private final Clock clock;
    private final PublicationBatches batches;
    private final Counter published;
    private final Counter dropped;
    private final Deque<Publication> queue = new ArrayDeque<>(); // guarded by itself
    private boolean flushPlanned; // guarded by queue
    private final Cluster cluster;
    private volatile ShardMap shards = ShardMap.EMPTY;

    public BusPublisher(Vertx vertx, Cluster cluster, MeterRegistry meters, Clock clock) {
        this.context = vertx.getOrCreateContext();
        this.clock = clock;
        this.batches = new PublicationBatches(
                (owner, batch) -> FanoutContracts.TAKE.at(owner).send(vertx.eventBus(), batch));
        this.published = meters.counter("parley.fanout.publications", "stage", "published");
        this.dropped = meters.counter("parley.fanout.publications.dropped", "stage", "published");
        this.cluster = cluster;
        cluster.onChange(_ -> readView());
        readView();
    }

    /** Reads the view under the lock, so that an older one never overwrites a newer. */
    private synchronized void readView() {
        shards = ShardMap.of(cluster.view().withRole(FanoutContracts.OWNER_ROLE));
    }

    @Override
    public void publish(List<Publication> publications) {
        boolean plan;
        synchronized (queue) {
            for (Publication publication : publications) {
                if (queue.size() >= Limits.PUBLICATIONS_QUEUED_MAX) {
                    dropped.increment();
                } else {
                    queue.add(publication);
                }
            }
            plan = !flushPlanned && !queue.isEmpty();
            flushPlanned |= plan;
        }
        if (plan) {
            context.runOnContext(_ -> flush());
        }
    }

    private void flush() {
        List<Publication> ready;
        synchronized (queue) {
            ready = List.copyOf(queue);
            queue.clear();
            flushPlanned = false;
        }
        long now = clock.wallMillis();
        for (Publication publication : ready) {
            send(publication, now);
        }
        batches.flush();
    }

    private void send(Publication publication, long nowWallMillis) {
        Optional<String> owner = shards.owner(FanoutContracts.streamOf(publication.getKey()));
        if (owner.isEmpty()) {
            dropped.increment();
            return;
        }
        published.increment();
        batches.add(
                owner.get(),
                publication.toBuilder().setPublishedWallMillis(nowWallMillis).build());
    }
}
