package io.parley.media.transport.loop;

import io.parley.media.transport.Limits;
import io.parley.media.transport.Shard;
import io.parley.media.transport.ShardStats;
import io.parley.media.transport.engine.DatagramEngine;
import io.parley.media.transport.engine.SendBatch;
import io.parley.media.transport.memory.PacketBuffer;
import io.parley.media.transport.memory.PacketPool;
import io.parley.media.transport.memory.PacketStack;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of one shard. Everything but {@link #execute}, {@link #wake} and {@link #handOver} is that thread's. */
final class ShardLoop implements Shard, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardLoop.class);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long FIRST_BOUND = Shard.latencyBoundNanos(0);
    private static final int TASKS_PER_TURN = 1_000;
    private static final int FAILURES_PER_LOG = 1_000;

    private final long[] latencies = new long[LATENCY_BUCKETS];
    private final int index;
    private final PacketPool pool;
    private final DatagramEngine engine;
    private final Arena arena = Arena.ofShared();
    private final SendBatch batch = new SendBatch(arena);
    private final Timers timers = new Timers();
    private final List<Hook> hooks = new ArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PacketStack handedOver = new PacketStack();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final Dispatcher dispatcher;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean woken;
    private final LongSupplier clock;
    private long nowNanos;
    private long hooksWaitNanos = LONGEST_WAIT_NANOS;
    private long failures;

    /** A shard whose time is {@code clock}: {@code System::nanoTime}, or that of a test. */
    ShardLoop(int index, DatagramEngine engine, PacketPool pool, Directory directory, LongSupplier clock) {
        this.clock = clock;
        nowNanos = clock.getAsLong();
        this.index = index;
        this.engine = engine;
        this.pool = pool;
        dispatcher = new Dispatcher(this, directory);
        thread = Thread.ofPlatform().name("media-" + index).daemon(true).unstarted(this::run);
    }

    void start() {
        every(TimeUnit.SECONDS.toNanos(1), dispatcher::checkConsent);
        thread.start();
    }

    private void run() {
        while (!stopping) {
            try {
                turn();
            } catch (RuntimeException failure) {
                LOG.error(
                        "a turn of media shard {} failed", index, failure); // one peer's fault must not end the others
                batch.clear();
            }
        }
        runTasks();
        flush();
    }

    private void turn() {
        long wait = timers.waitNanos(nowNanos, hooksWaitNanos);
        asleep.set(true);
        boolean idle = tasks.isEmpty() && handedOver.isEmpty() && !woken;
        int received = engine.receive(idle ? wait : 0);
        asleep.set(false);
        woken = false;
        nowNanos = clock.getAsLong();
        for (int i = 0; i < received; i++) {
            var packet = engine.take(i);
            packet.origin().setArrivalNanos(nowNanos);
            dispatch(packet, true);
        }
        takeHandedOver();
        runTasks();
        timers.run(nowNanos);
        hooksWaitNanos = LONGEST_WAIT_NANOS;
        for (int i = 0; i < hooks.size(); i++) {
            hooksWaitNanos = Math.clamp(hooks.get(i).run(nowNanos), 0, hooksWaitNanos);
        }
        flush();
        if (received > 0) {
            long tookNanos = clock.getAsLong() - nowNanos;
            int bucket =
                    Math.clamp(Long.SIZE - Long.numberOfLeadingZeros(tookNanos / FIRST_BOUND), 0, LATENCY_BUCKETS - 1);
            latencies[bucket] += received;
        }
    }

    @Override
    public long[] latencies() {
        return latencies.clone();
    }

    /** A packet that makes somebody fail is that peer's own loss; a flood of them must not fill the log. */
    private void dispatch(PacketBuffer packet, boolean fresh) {
        try {
            dispatcher.dispatch(packet, fresh);
        } catch (RuntimeException failure) {
            if (failures++ % FAILURES_PER_LOG == 0) {
                LOG.error("packet {} failed on media shard {}", failures, index, failure);
            }
        }
    }

    private void takeHandedOver() {
        PacketBuffer packet = handedOver.takeAll();
        while (packet != null) {
            PacketBuffer following = PacketStack.after(packet);
            dispatch(packet, false);
            packet = following;
        }
    }

    private void runTasks() {
        for (int i = 0; i < TASKS_PER_TURN; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (RuntimeException failure) {
                LOG.error("a task on media shard {} failed", index, failure);
            }
        }
    }

    /** Sends what was gathered. */
    void flush() {
        if (!batch.isEmpty()) {
            engine.counters().unsent += batch.sendToStreams();
            engine.send(batch);
            batch.clear();
        }
    }

    /** The batch, with room for one more datagram. */
    SendBatch roomyBatch() {
        if (batch.isFull()) {
            flush();
        }
        return batch;
    }

    SendBatch batch() {
        return batch;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Takes a packet that arrived at another shard. Any thread. */
    void handOver(PacketBuffer packet) {
        handedOver.push(packet);
        interrupt();
    }

    int port() {
        return engine.port();
    }

    String engineName() {
        return engine.name();
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        interrupt();
    }

    @Override
    public void wake() {
        woken = true;
        interrupt();
    }

    private void interrupt() {
        if (asleep.compareAndSet(true, false)) {
            engine.wake();
        }
    }

    @Override
    public Timer after(long delayNanos, Runnable task) {
        return timers.add(nowNanos + delayNanos, 0, task);
    }

    @Override
    public Timer every(long periodNanos, Runnable task) {
        return timers.add(nowNanos + periodNanos, periodNanos, task);
    }

    @Override
    public void eachTurn(Hook hook) {
        hooks.add(hook);
    }

    @Override
    public PacketPool packets() {
        return pool;
    }

    @Override
    public MemorySegment outgoing() {
        return batch.memory();
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public ShardStats stats() {
        var io = engine.counters();
        var counters = dispatcher.counters();
        return new ShardStats(
                io.received,
                io.sent,
                counters.receivedBytes,
                batch.bytes(),
                io.sendCalls,
                io.unsent,
                counters.unknownUfrag,
                counters.badIntegrity,
                counters.unknownSource,
                counters.malformed + io.truncated,
                counters.handedOver,
                io.noBuffer);
    }

    /** Ends the thread, then frees sockets and memory; what runs on the thread must have ended its peers. */
    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            thread.join(Limits.CLOSE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.error("media shard {} did not end; its sockets and memory stay", index);
            return;
        }
        engine.close();
        arena.close();
        pool.close();
    }
}
