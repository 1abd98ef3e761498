package io.parley.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SimWorldTest {
    private static final int LETTERS = 40;
    private static final Duration RETRY = Duration.ofMillis(500);

    private record Letter(int number) {}

    private record Receipt(int number) {}

    /** What both ends keep on disk: a crash does not lose it. */
    private static final class Disk {
        final Set<Integer> toSend = new HashSet<>();
        final List<Integer> delivered = new ArrayList<>();
    }

    /** Sends every letter until its receipt comes: a program whose right behaviour is known. */
    private record Sender(SimNode self, List<SimNode> receiver, Disk disk) implements SimProgram {
        @Override
        public void start() {
            self.after(RETRY, this::sendWhatIsLeft);
        }

        private void sendWhatIsLeft() {
            List.copyOf(disk.toSend).forEach(number -> self.send(receiver.getFirst(), new Letter(number)));
            self.after(RETRY, this::sendWhatIsLeft);
        }

        @Override
        public void receive(SimNode from, Object message) {
            if (message instanceof Receipt(int number)) {
                disk.toSend.remove(number);
            }
        }
    }

    private record Receiver(SimNode self, Disk disk, boolean checksTwice) implements SimProgram {
        @Override
        public void receive(SimNode from, Object message) {
            if (message instanceof Letter(int number)) {
                if (!checksTwice || !disk.delivered.contains(number)) {
                    disk.delivered.add(number);
                }
                self.send(from, new Receipt(number));
            }
        }
    }

    private static final class Post {
        final SimWorld world;
        final Disk disk = new Disk();
        final List<SimNode> receiver;
        final List<SimNode> sender;

        Post(long seed, boolean checksTwice) {
            world = new SimWorld(seed);
            for (int number = 0; number < LETTERS; number++) {
                disk.toSend.add(number);
            }
            receiver = world.nodes(1, self -> new Receiver(self, disk, checksTwice));
            sender = world.nodes(1, self -> new Sender(self, receiver, disk));
        }

        void badTimes() {
            world.network().lose(0.3).duplicate(0.2).delay(Duration.ofMillis(1), Duration.ofSeconds(2));
            world.crashAndRestart(List.of(sender.getFirst(), receiver.getFirst()), Duration.ofSeconds(2));
        }

        void neverTwice() {
            assertEquals(new HashSet<>(disk.delivered).size(), disk.delivered.size(), "delivered twice");
        }
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void aRightProgramHoldsInBadTimesAndEndsInGoodOnes(long seed) {
        Post post = new Post(seed, true);
        post.badTimes();
        post.world.run(Duration.ofMinutes(1), post::neverTwice);
        post.world.heal();
        post.world.run(Duration.ofSeconds(10), post::neverTwice);
        assertEquals(LETTERS, post.disk.delivered.size());
        assertEquals(Set.of(), post.disk.toSend);
    }

    @Test
    void aWrongProgramIsCaught_withSeedMomentAndLastEvents() {
        Post post = new Post(17, false);
        post.badTimes();
        var caught = assertThrows(AssertionError.class, () -> post.world.run(Duration.ofMinutes(5), post::neverTwice));
        String story = String.valueOf(caught.getMessage());
        assertTrue(story.startsWith("SEED=17 after ") && story.contains("delivered twice"), story);
        assertTrue(story.contains("node1 -> node0 Letter"), story);
    }

    @Test
    void theSameSeedIsTheSameWorld_anotherSeedAnother() {
        assertEquals(orderOfDelivery(5), orderOfDelivery(5));
        assertNotEquals(orderOfDelivery(5), orderOfDelivery(6));
    }

    private static List<Integer> orderOfDelivery(long seed) {
        Post post = new Post(seed, true);
        post.badTimes();
        post.world.run(Duration.ofMinutes(1));
        return post.disk.delivered;
    }

    @Test
    void nothingPassesAPartition_inEitherDirectionOrInOne() {
        Post post = new Post(1, true);
        post.world.network().part(post.sender.getFirst(), post.receiver.getFirst());
        post.world.run(Duration.ofSeconds(10));
        assertEquals(List.of(), post.disk.delivered);
        post.world.network().join(post.sender.getFirst(), post.receiver.getFirst());
        post.world.network().cut(post.receiver.getFirst(), post.sender.getFirst());
        post.world.run(Duration.ofSeconds(10));
        assertEquals(LETTERS, post.disk.delivered.size());
        assertEquals(LETTERS, post.disk.toSend.size(), "no receipt came back");
    }

    @Test
    void aCrashedNodeForgetsItsTimersAndHearsNothing() {
        Post post = new Post(1, true);
        post.sender.getFirst().crash();
        post.receiver.getFirst().crash();
        post.world.run(Duration.ofMinutes(1));
        assertEquals(List.of(), post.disk.delivered);
        assertTrue(!post.sender.getFirst().isUp());
    }

    @Test
    void timeEndsWhereTheRunEnds() {
        SimWorld world = new SimWorld(1);
        world.run(Duration.ofDays(400));
        assertEquals(
                ManualClock.START_WALL_MILLIS + Duration.ofDays(400).toMillis(),
                world.clock().wallMillis());
    }

    @Test
    void aProgramThatFeedsItselfForEverIsStopped() {
        SimWorld world = new SimWorld(1);
        world.nodes(1, self -> new SimProgram() {
            @Override
            public void start() {
                self.send(self, "again");
            }

            @Override
            public void receive(SimNode from, Object message) {
                self.send(self, message);
                self.send(self, message);
            }
        });
        var caught = assertThrows(AssertionError.class, () -> world.run(Duration.ofSeconds(1)));
        assertTrue(String.valueOf(caught.getMessage()).contains("events wait"));
    }
}
