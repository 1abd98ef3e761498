package io.parley.media.transport;

import io.parley.media.transport.memory.PacketPool;
import java.lang.foreign.MemorySegment;

/**
 * A part of a {@link MediaTransport}: one thread with one UDP socket, its peers, timers and packets. A turn of its loop
 * is: receive what is there, tell the listeners, run due timers, tasks and {@link #eachTurn} hooks, then send all that
 * was written, runs to one receiver together. Methods belong to the shard's thread unless they say "any thread".
 */
public interface Shard {
    /** 0 to the number of shards - 1. Any thread. */
    int index();

    /** The elapsed time as of this turn: {@code System.nanoTime} without asking the system again. */
    long nowNanos();

    /** Runs {@code task} on the shard's thread soon; in the order of calls from one thread. Any thread. */
    void execute(Runnable task);

    /**
     * Ends the shard's wait for packets, so that its {@link #eachTurn} hooks run soon. Any thread, cheap when awake.
     */
    void wake();

    /** Runs {@code task} once, when {@code delayNanos} have passed, to the millisecond. */
    Timer after(long delayNanos, Runnable task);

    /** Runs {@code task} again and again; turns that come late run it once, not as often as was missed. */
    Timer every(long periodNanos, Runnable task);

    /**
     * Runs {@code hook} in every turn, behind the packets and before sending: to hand on in one go what a burst
     * brought, or to take what other shards handed over (they {@link #wake} this one).
     */
    void eachTurn(Hook hook);

    /** What is done in every turn. */
    interface Hook {
        /** Answers in how many nanoseconds it wants to run again at the latest, if no packet comes before. */
        long run(long nowNanos);
    }

    /** Buffers of this shard; taken by its thread, released by any. */
    PacketPool packets();

    /** The memory that {@link PeerTransport#reserve} gives positions in. */
    MemorySegment outgoing();

    /** Whether the caller is on this shard's thread. Any thread. */
    boolean isCurrent();

    /** How many buckets {@link #latencies} has. */
    int LATENCY_BUCKETS = 16;

    /** The upper bound of bucket {@code index}: 16 microseconds, then twice as much each time; the last has none. */
    static long latencyBoundNanos(int index) {
        return 16_000L << index;
    }

    /**
     * How many packets took how long from the moment the socket gave them until their turn had sent what came of them;
     * what waits in a queue for its receiver's link is not in it. A copy that lags by at most a turn. Any thread.
     */
    long[] latencies();

    /** What has been counted so far; a copy that lags by at most a turn. Any thread. */
    ShardStats stats();

    /** Something that will run later unless it is cancelled. */
    interface Timer {
        /** Makes sure that it does not run again. Idempotent. */
        void cancel();
    }
}
