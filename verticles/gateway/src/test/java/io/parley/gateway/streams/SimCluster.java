package io.parley.gateway.streams;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.fanout.FanoutConfig;
import io.parley.fanout.FanoutMeters;
import io.parley.fanout.ShardOwner;
import io.parley.fanout.domain.RecentBounds;
import io.parley.kernel.fanout.FanoutContracts;
import io.parley.kernel.fanout.ShardMap;
import io.parley.schema.bus.v1.InterestChange;
import io.parley.schema.bus.v1.InterestDigestReplies;
import io.parley.schema.bus.v1.InterestDigests;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.bus.v1.Publications;
import io.parley.schema.bus.v1.StreamAuthorize;
import io.parley.schema.bus.v1.StreamAuthorized;
import io.parley.schema.bus.v1.StreamHeads;
import io.parley.schema.bus.v1.StreamHeadsRead;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.bus.v1.StreamSlice;
import io.parley.schema.v1.Done;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Owners and gateways in virtual time, around one log. Views of the membership reach every node late, each at its own
 * time.
 */
final class SimCluster {
    private static final StreamsConfig CONFIG = new StreamsConfig(
            Duration.ofSeconds(5),
            Duration.ofSeconds(3),
            Duration.ofSeconds(6),
            Duration.ofMillis(30),
            Duration.ofSeconds(2));

    private static final FanoutConfig OWNER_CONFIG =
            new FanoutConfig(new RecentBounds(100, 1L << 20, 1L << 24, Duration.ofMinutes(10)), Duration.ofSeconds(15));

    /** A node that crashes never comes back: what restarts is another. */
    static class Node {
        final String id;
        boolean alive = true;

        Node(String id) {
            this.id = id;
        }
    }

    private static final class Owner extends Node {
        final ShardOwner shards;

        Owner(String id, ShardOwner shards) {
            super(id);
            this.shards = shards;
        }
    }

    static final class Gateway extends Node {
        private final List<Context> loops = new ArrayList<>();
        private final List<Runnable> deaths = new ArrayList<>();

        Gateway(String id) {
            super(id);
        }

        Context loop(long chance) {
            return loops.get((int) chance);
        }

        void onDeath(Runnable task) {
            deaths.add(task);
        }
    }

    private final Sim sim;
    private final MemoryLog log;
    private final Map<String, Owner> owners = new LinkedHashMap<>();
    private final Map<Gateway, StreamHub> gateways = new LinkedHashMap<>();
    private final List<Consumer<ShardMap>> watchers = new ArrayList<>();
    private ShardMap publishersView = ShardMap.EMPTY;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private int started;

    SimCluster(Sim sim, MemoryLog log) {
        this.sim = sim;
        this.log = log;
        watchers.add(view -> publishersView = view);
    }

    List<Gateway> gateways() {
        return List.copyOf(gateways.keySet());
    }

    double counted(String meter) {
        return meters.counter(meter).count();
    }

    StreamHub hub(Gateway gateway) {
        StreamHub hub = gateways.get(gateway);
        if (hub == null) {
            throw new IllegalStateException(gateway.id + " has crashed");
        }
        return hub;
    }

    void startOwner() {
        String id = "f" + started++;
        ShardOwner shards = new ShardOwner(
                OWNER_CONFIG,
                sim,
                new FanoutMeters(meters),
                (gateway, batch) -> sim.send(() -> receive(gateway, batch)));
        Owner owner = new Owner(id, shards);
        owners.put(id, owner);
        sim.every(1_000, () -> owner.alive, () -> shards.tidy(this::gatewayLives));
        membershipChanged();
    }

    void crashOwner() {
        List<String> ids = List.copyOf(owners.keySet());
        Owner victim = owners.remove(ids.get((int) sim.chance().below(ids.size())));
        if (victim != null) {
            victim.alive = false;
        }
        membershipChanged();
    }

    Gateway startGateway() {
        Gateway gateway = new Gateway("g" + started++);
        gateway.loops.add(sim.loop(() -> gateway.alive));
        gateway.loops.add(sim.loop(() -> gateway.alive));
        BooleanSupplier alive = () -> gateway.alive;
        HubParts parts = new HubParts(
                gateway.id,
                CONFIG,
                new SimLinks(),
                (millis, task) -> sim.after(millis, () -> {
                    if (gateway.alive) {
                        task.run();
                    }
                }),
                sim,
                sim.chance(),
                new StreamMeters(meters));
        StreamHub hub = new StreamHub(sim.loop(alive), parts);
        gateways.put(gateway, hub);
        sim.every(250, alive, hub.hub()::tick);
        sim.every(3_000, alive, hub.hub()::digest);
        hub.hub().ownersAre(ShardMap.of(owners.keySet()));
        watchers.add(view -> {
            if (gateway.alive) {
                hub.hub().ownersAre(view);
            }
        });
        return gateway;
    }

    void crashGateway(Gateway victim) {
        victim.alive = false;
        gateways.remove(victim);
        victim.deaths.forEach(Runnable::run);
    }

    /** What a domain does after its commit: one message to the owner, as this publisher knows it. */
    void publish(Publication publication) {
        publishersView
                .owner(FanoutContracts.streamOf(publication.getKey()))
                .ifPresent(id -> sim.send(() ->
                        take(id, Publications.newBuilder().addItems(publication).build())));
    }

    private void take(String id, Publications batch) {
        Owner owner = owners.get(id);
        if (owner != null) {
            owner.shards.take(batch);
            owner.shards.flush();
        }
    }

    private void receive(String id, Publications batch) {
        gateways.forEach((gateway, hub) -> {
            if (gateway.id.equals(id)) {
                hub.hub().receive(batch);
            }
        });
    }

    private boolean gatewayLives(String id) {
        return gateways.keySet().stream().anyMatch(gateway -> gateway.id.equals(id));
    }

    private void membershipChanged() {
        ShardMap view = ShardMap.of(owners.keySet());
        for (Consumer<ShardMap> watcher : watchers) {
            // A later change must not be overtaken by an earlier one, as with a real membership service.
            sim.after(sim.bad() ? sim.chance().below(3_000) : 1, () -> watcher.accept(ShardMap.of(owners.keySet())));
        }
        if (started == 1) {
            watchers.forEach(watcher -> watcher.accept(view));
        }
    }

    private final class SimLinks implements Links {
        private <A> Future<A> owner(String id, Function<ShardOwner, A> question) {
            Owner owner = owners.get(id);
            return owner == null
                    ? Future.failedFuture(new IllegalStateException("no handlers"))
                    : sim.ask(() -> owner.alive, () -> question.apply(owner.shards));
        }

        @Override
        public Future<Done> interest(String id, InterestChange change) {
            return owner(id, shards -> {
                shards.change(change);
                return Done.getDefaultInstance();
            });
        }

        @Override
        public Future<InterestDigestReplies> digest(String id, InterestDigests digests) {
            return owner(id, shards -> shards.digest(digests));
        }

        @Override
        public Future<StreamSlice> recent(String id, StreamRead read) {
            return owner(id, shards -> shards.read(read));
        }

        @Override
        public Future<StreamSlice> log(StreamRead read) {
            return sim.ask(() -> true, () -> log.read(read));
        }

        @Override
        public Future<StreamHeads> heads(StreamHeadsRead read) {
            return sim.ask(() -> true, () -> log.heads(read));
        }

        @Override
        public Future<StreamAuthorized> authorize(StreamAuthorize question) {
            return sim.ask(() -> true, () -> log.authorize(question));
        }
    }
}
