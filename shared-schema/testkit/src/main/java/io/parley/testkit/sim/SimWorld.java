package io.parley.testkit.sim;

import io.parley.testkit.ManualClock;
import io.parley.testkit.SeededRandomness;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * Nodes, network, time and chance in one thread. All chance comes from the seed, so a failing schedule repeats exactly;
 * a failure names the seed, the moment and the last events. Time jumps from event to event and costs nothing.
 */
public final class SimWorld {
    /** Events that may wait at once, and that one run may take: beyond it something feeds itself for ever. */
    private static final int PENDING_MAX = 1_000_000;

    private static final long EVENTS_MAX = 20_000_000;
    private static final int REMEMBERED = 25;

    /** Events of the same moment happen in the order in which they were planned. */
    private record Event(long atNanos, long order, String what, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final long seed;
    private final ManualClock clock = new ManualClock();
    private final SeededRandomness randomness;
    private final SimNetwork network;
    private final List<SimNode> nodes = new ArrayList<>();
    private final PriorityQueue<Event> pending = new PriorityQueue<>();
    private final Deque<String> remembered = new ArrayDeque<>(REMEMBERED);
    private long planned;
    private boolean crashing;

    public SimWorld(long seed) {
        this.seed = seed;
        this.randomness = new SeededRandomness(seed);
        this.network = new SimNetwork(this, randomness.split());
    }

    public ManualClock clock() {
        return clock;
    }

    public SeededRandomness randomness() {
        return randomness;
    }

    public SimNetwork network() {
        return network;
    }

    /** {@code count} nodes, started at once. {@code factory} runs again whenever one of them restarts. */
    public List<SimNode> nodes(int count, Function<SimNode, SimProgram> factory) {
        List<SimNode> started = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            SimNode node = new SimNode(this, "node" + nodes.size(), randomness.split(), factory);
            nodes.add(node);
            started.add(node);
        }
        started.forEach(SimNode::restart);
        return List.copyOf(started);
    }

    /** Runs {@code action} after {@code delay}, whatever nodes do. */
    public void schedule(Duration delay, String what, Runnable action) {
        if (pending.size() >= PENDING_MAX) {
            throw new AssertionError(story("more than " + PENDING_MAX + " events wait"));
        }
        pending.add(new Event(clock.monoNanos() + delay.toNanos(), planned++, what, action));
    }

    /** Until {@link #heal}: about once in {@code every} one of {@code victims} crashes, to restart a while later. */
    public void crashAndRestart(List<SimNode> victims, Duration every) {
        crashing = true;
        planCrash(victims, every.toNanos());
    }

    private void planCrash(List<SimNode> victims, long everyNanos) {
        long inNanos = randomness.between(everyNanos / 2, everyNanos * 3 / 2);
        schedule(Duration.ofNanos(inNanos), "crash", () -> {
            if (crashing) {
                SimNode victim = victims.get((int) randomness.below(victims.size()));
                victim.crash();
                Duration downFor = Duration.ofNanos(randomness.between(0, everyNanos));
                schedule(downFor, "restart " + victim, victim::restart);
                planCrash(victims, everyNanos);
            }
        });
    }

    /** A perfect network, no more crashes, every node up: from here on there must be progress. */
    public void heal() {
        crashing = false;
        network.heal();
        nodes.forEach(SimNode::restart);
    }

    public void run(Duration time) {
        run(time, () -> {});
    }

    /** Lets {@code time} pass and checks {@code invariant} after every event. */
    public void run(Duration time, Runnable invariant) {
        long endNanos = clock.monoNanos() + time.toNanos();
        for (long events = 0; ; events++) {
            Event next = pending.peek();
            if (next == null || next.atNanos() > endNanos) {
                moveTo(endNanos);
                return;
            }
            if (events == EVENTS_MAX) {
                throw new AssertionError(story("more than " + EVENTS_MAX + " events"));
            }
            pending.remove(next);
            happen(next, invariant);
        }
    }

    private void happen(Event event, Runnable invariant) {
        moveTo(event.atNanos());
        if (remembered.size() == REMEMBERED) {
            remembered.removeFirst();
        }
        remembered.add(clock.monoNanos() / 1_000_000 + " ms " + event.what());
        try {
            event.action().run();
            invariant.run();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(story(String.valueOf(broken.getMessage())), broken);
        }
    }

    private void moveTo(long nanos) {
        clock.advance(Duration.ofNanos(nanos - clock.monoNanos()));
    }

    private String story(String failure) {
        return "SEED=%d after %d ms: %s%nthe last events:%n  %s"
                .formatted(
                        seed,
                        clock.monoNanos() / 1_000_000,
                        failure,
                        String.join(System.lineSeparator() + "  ", remembered));
    }
}
