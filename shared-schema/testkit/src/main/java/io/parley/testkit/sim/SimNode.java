package io.parley.testkit.sim;

import io.parley.schema.Clock;
import io.parley.testkit.SeededRandomness;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One process of a {@link SimWorld}. What it planned before a crash never happens after it. */
public final class SimNode {
    private final SimWorld world;
    private final String name;
    private final SeededRandomness randomness;
    private final Function<SimNode, SimProgram> factory;
    private @Nullable SimProgram program;
    private int incarnation;

    SimNode(SimWorld world, String name, SeededRandomness randomness, Function<SimNode, SimProgram> factory) {
        this.world = world;
        this.name = name;
        this.randomness = randomness;
        this.factory = factory;
    }

    public String name() {
        return name;
    }

    public Clock clock() {
        return world.clock();
    }

    public SeededRandomness randomness() {
        return randomness;
    }

    public boolean isUp() {
        return program != null;
    }

    /** Runs {@code action} after {@code delay}, unless this node crashes before. */
    public void after(Duration delay, Runnable action) {
        int planned = incarnation;
        world.schedule(delay, name + " timer", () -> {
            if (isUp() && planned == incarnation) {
                action.run();
            }
        });
    }

    /** Best effort, as the network allows: lost, late, twice, or overtaken by a later one. */
    public void send(SimNode to, Object message) {
        world.network().carry(this, to, message);
    }

    /** Loses everything in memory; messages on their way to it are lost unless it is up again when they arrive. */
    public void crash() {
        if (isUp()) {
            program = null;
            incarnation++;
        }
    }

    /** Starts the node when it is down. */
    public void restart() {
        if (!isUp()) {
            SimProgram fresh = factory.apply(this);
            program = fresh;
            fresh.start();
        }
    }

    void deliver(SimNode from, Object message) {
        SimProgram running = program;
        if (running != null) {
            running.receive(from, message);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
