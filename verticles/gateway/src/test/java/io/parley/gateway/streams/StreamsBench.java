package io.parley.gateway.streams;

import io.parley.gateway.socket.Encoding;
import io.parley.gateway.socket.SharedFrame;
import io.parley.gateway.socket.Subscriber;
import io.parley.kernel.cluster.ClusterConfig;
import io.parley.schema.StreamId;
import io.parley.schema.SystemClock;
import io.parley.schema.v1.Subscribe;
import io.vertx.core.Context;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Deliveries per second from the publisher to subscribers that encode and forget: what fan-out costs without sockets.
 * One channel, {@value #SUBSCRIBERS} subscribers on two loops. Run by hand; {@code bench fanout} measures sockets.
 */
final class StreamsBench {
    private static final int SUBSCRIBERS = 1_000;
    private static final int MESSAGES = 5_000;
    private static final int ROUNDS = 4;

    private record Sink(Context context, LongAdder deliveries) implements Subscriber {
        @Override
        public void deliver(SharedFrame frame) {
            frame.encoded(Encoding.JSON);
            deliveries.increment();
        }

        @Override
        public void disconnect(int closeCode, String reason) {
            throw new IllegalStateException(reason);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private StreamsBench() {}

    public static void main(String[] arguments) {
        PrintStream out = System.out;
        MemoryLog log = new MemoryLog();
        ClusterConfig alone = new ClusterConfig(List.of(), "127.0.0.1", 5701, Duration.ofSeconds(8));
        TestNode node = TestNode.start("n1", alone, Set.of("fanout", "gateway", "chat"), Map.of());
        log.serve(node.vertx().eventBus(), node.id());
        LongAdder deliveries = new LongAdder();
        List<Context> loops = List.of(node.socket().context(), node.socket().context());
        for (int number = 0; number < SUBSCRIBERS; number++) {
            Sink sink = new Sink(loops.get(number % 2), deliveries);
            node.subscribe(
                            sink,
                            "u" + number,
                            Subscribe.newBuilder().setStream("ch:1").build())
                    .await();
        }
        for (int round = 0; round < ROUNDS; round++) {
            out.println(round(node, log, deliveries) + " deliveries/s");
        }
        node.close();
    }

    private static long round(TestNode node, MemoryLog log, LongAdder deliveries) {
        SystemClock clock = new SystemClock();
        deliveries.reset();
        long start = clock.monoNanos();
        StreamId stream = new StreamId("t", "ch:1");
        for (int message = 0; message < MESSAGES; message++) {
            node.publisher().publish(List.of(log.message(stream)));
        }
        long expected = (long) MESSAGES * SUBSCRIBERS;
        long deadline = start + TimeUnit.SECONDS.toNanos(60);
        while (deliveries.sum() < expected && clock.monoNanos() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return deliveries.sum() * TimeUnit.SECONDS.toNanos(1) / (clock.monoNanos() - start);
    }
}
