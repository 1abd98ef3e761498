package io.parley.testkit.sim;

import io.parley.testkit.SeededRandomness;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The network between the nodes of a {@link SimWorld}: perfect and immediate until told otherwise. */
public final class SimNetwork {
    private record Link(SimNode from, SimNode to) {}

    private final SimWorld world;
    private final SeededRandomness randomness;
    private final Set<Link> cut = new HashSet<>();
    private double lossProbability;
    private double duplicationProbability;
    private Duration delayMin = Duration.ZERO;
    private Duration delayMax = Duration.ZERO;

    SimNetwork(SimWorld world, SeededRandomness randomness) {
        this.world = world;
        this.randomness = randomness;
    }

    /** Loses each message with {@code probability}. */
    public SimNetwork lose(double probability) {
        lossProbability = probability;
        return this;
    }

    /** Delivers each message a second time with {@code probability}, after a delay of its own. */
    public SimNetwork duplicate(double probability) {
        duplicationProbability = probability;
        return this;
    }

    /** Delays each message by anything from {@code min} to {@code max}, so later ones overtake earlier ones. */
    public SimNetwork delay(Duration min, Duration max) {
        delayMin = min;
        delayMax = max;
        return this;
    }

    /** Nothing passes between the two, in either direction, until {@link #join} or {@link #heal}. */
    public SimNetwork part(SimNode one, SimNode other) {
        return cut(one, other).cut(other, one);
    }

    /** Nothing passes in this one direction: a half-dead link. */
    public SimNetwork cut(SimNode from, SimNode to) {
        cut.add(new Link(from, to));
        return this;
    }

    public SimNetwork join(SimNode one, SimNode other) {
        cut.remove(new Link(one, other));
        cut.remove(new Link(other, one));
        return this;
    }

    /** Perfect again; messages on their way keep their delay. */
    public SimNetwork heal() {
        cut.clear();
        return lose(0).duplicate(0).delay(Duration.ZERO, Duration.ZERO);
    }

    void carry(SimNode from, SimNode to, Object message) {
        if (randomness.chance(lossProbability)) {
            return;
        }
        deliverLater(from, to, message);
        if (randomness.chance(duplicationProbability)) {
            deliverLater(from, to, message);
        }
    }

    /** A cut is felt on arrival too: what is on its way when the link goes down is lost with it. */
    private void deliverLater(SimNode from, SimNode to, Object message) {
        Link link = new Link(from, to);
        if (cut.contains(link)) {
            return;
        }
        Duration delay = Duration.ofNanos(randomness.between(delayMin.toNanos(), delayMax.toNanos()));
        world.schedule(delay, from + " -> " + to + " " + message, () -> {
            if (!cut.contains(link)) {
                to.deliver(from, message);
            }
        });
    }
}
