package io.parley.gateway.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.schema.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Streams under loss, doubling, delay, crashes of owners and gateways, and moving shards. The clients assert at every
 * event that it is the next one; in the end they have everything that was committed.
 */
final class StreamsSimTest {
    private static final int STREAMS = 4;
    private static final int CLIENTS = 14;

    /** One run: a cluster, its clients, and what was done to them. */
    private static final class Run {
        final Sim sim;
        final MemoryLog log = new MemoryLog();
        final SimCluster cluster;
        final List<StreamId> streams = new ArrayList<>();
        final List<SimClient> clients = new ArrayList<>();
        /** User → offset of the removal. */
        final Map<String, Long> removals = new HashMap<>();

        Run(long seed) {
            sim = new Sim(seed);
            cluster = new SimCluster(sim, log);
            for (int number = 0; number < 3; number++) {
                cluster.startOwner();
            }
            for (int number = 0; number < 3; number++) {
                cluster.startGateway();
            }
            for (int number = 0; number < STREAMS; number++) {
                streams.add(new StreamId("t", "ch:c" + number));
            }
            for (int number = 0; number < CLIENTS; number++) {
                SimClient client = new SimClient(sim, cluster, streams.get(number % STREAMS), "u" + number);
                clients.add(client);
                client.connect();
            }
        }

        void commit() {
            var publication = log.message(streams.get((int) sim.chance().below(STREAMS)));
            // A publisher may die between its commit and its publication.
            if (!sim.bad() || !sim.oneIn(30)) {
                cluster.publish(publication);
            }
        }

        void removeSomebody() {
            SimClient client = clients.get((int) sim.chance().below(CLIENTS));
            if (!removals.containsKey(client.user())) {
                var publication = log.remove(client.stream(), client.user());
                removals.put(client.user(), publication.getPush().getOffset());
                cluster.publish(publication);
            }
        }

        void fault() {
            switch ((int) sim.chance().below(5)) {
                case 0 -> {
                    cluster.crashOwner();
                    cluster.startOwner();
                }
                case 1 -> {
                    List<SimCluster.Gateway> all = cluster.gateways();
                    cluster.crashGateway(all.get((int) sim.chance().below(all.size())));
                    cluster.startGateway();
                }
                case 2 -> cluster.startOwner();
                default -> clients.get((int) sim.chance().below(CLIENTS)).leave();
            }
        }

        void disturbedFor(long millis) {
            sim.every(40, sim::bad, this::commit);
            sim.every(1_500, sim::bad, this::fault);
            sim.every(17_000, sim::bad, this::removeSomebody);
            sim.run(millis);
            sim.heal();
        }

        void assertEverybodyHasEverything() {
            for (SimClient client : clients) {
                Long removal = removals.get(client.user());
                if (removal == null) {
                    assertEquals(log.head(client.stream()), client.seen(), client.user());
                } else {
                    assertTrue(client.seen() <= removal, client.user() + " saw something after the removal");
                }
                assertEquals(List.of(), client.violations());
                assertEquals(0, client.snapshots(), "every resume could be answered");
            }
            // Sockets that had to resume would hide a window between authorization and live delivery.
            assertEquals(0, cluster.counted("parley.fanout.subscriptions.broken"));
        }
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void everyClientSeesDenseOffsetsOnce_andInTheEndEverythingCommitted(long seed) {
        Run run = new Run(seed);
        run.disturbedFor(90_000);
        run.sim.run(20_000);
        run.assertEverybodyHasEverything();
    }

    @Test
    void manySeedsHoldToo() {
        for (long seed = 1_000; seed < 1_060; seed++) {
            Run run = new Run(seed);
            run.disturbedFor(20_000);
            run.sim.run(20_000);
            run.assertEverybodyHasEverything();
        }
    }

    /** On a healthy network only the publication itself is lost: a crash right after the commit. */
    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void aPublicationThatWasNeverSentIsFoundWithinTenSeconds(long seed) {
        Run run = new Run(seed);
        run.sim.heal();
        run.sim.run(5_000);
        run.streams.forEach(run.log::message);
        run.sim.run(10_000);
        run.assertEverybodyHasEverything();
    }

    /** With no owner alive nothing is forwarded; the log alone keeps clients whole. */
    @Test
    void withoutAnyOwnerEventsStillArrive() {
        Run run = new Run(7);
        run.sim.heal();
        run.sim.run(2_000);
        for (int owner = 0; owner < 3; owner++) {
            run.cluster.crashOwner();
        }
        run.sim.run(1_000);
        run.commit();
        run.sim.run(10_000);
        run.assertEverybodyHasEverything();
    }
}
