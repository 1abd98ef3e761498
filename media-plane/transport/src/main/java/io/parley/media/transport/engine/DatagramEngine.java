package io.parley.media.transport.engine;

import io.parley.media.transport.memory.PacketBuffer;

/** The sockets of one shard. One owner, its thread; {@link #wake} is for all. Allocates nothing in steady state. */
public interface DatagramEngine extends AutoCloseable {
    /** A name for logs and benchmarks. */
    String name();

    /** The port that all sockets are bound to. */
    int port();

    /**
     * Receives datagrams until there are none or the batch is full, and says how many. When there are none it waits for
     * one, for {@link #wake}, or for {@code waitNanos} to pass; 0 means not to wait.
     */
    int receive(long waitNanos);

    /** Takes datagram {@code index} of the last {@link #receive} with its hold; to be called once for each. */
    PacketBuffer take(int index);

    /** Sends all of {@code batch}, runs to one receiver together; what the system refuses is lost and counted. */
    void send(SendBatch batch);

    /** Ends the wait of {@link #receive}, now or the next. Any thread. */
    void wake();

    /** What was counted; written by the owner alone. */
    EngineCounters counters();

    @Override
    void close();
}
