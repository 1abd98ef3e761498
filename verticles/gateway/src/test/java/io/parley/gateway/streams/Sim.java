package io.parley.gateway.streams;

import io.parley.schema.Clock;
import io.parley.testkit.SeededRandomness;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Virtual time and a bad network, all from one seed. Everything happens on the calling thread. */
final class Sim implements Clock {
    private record Event(long atMicros, long number, Runnable task) {}

    private static final long ANSWER_MICROS = 2_000_000;

    private final SeededRandomness chance;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMicros).thenComparingLong(Event::number));
    private long nowMicros;
    private long numbers;
    private boolean bad = true;

    Sim(long seed) {
        chance = new SeededRandomness(seed);
    }

    SeededRandomness chance() {
        return chance;
    }

    boolean oneIn(int times) {
        return chance.below(times) == 0;
    }

    /** From now on nothing is lost, doubled or slow. */
    void heal() {
        bad = false;
    }

    boolean bad() {
        return bad;
    }

    void after(long millis, Runnable task) {
        events.add(new Event(nowMicros + millis * 1_000, numbers++, task));
    }

    void every(long millis, BooleanSupplier alive, Runnable task) {
        after(millis, () -> {
            if (alive.getAsBoolean()) {
                task.run();
                every(millis, alive, task);
            }
        });
    }

    void run(long millis) {
        long endMicros = nowMicros + millis * 1_000;
        for (Event next = events.peek(); next != null && next.atMicros() <= endMicros; next = events.peek()) {
            events.poll();
            nowMicros = next.atMicros();
            next.task().run();
        }
        nowMicros = endMicros;
    }

    /** One message: lost, doubled, late, or just delivered. */
    void send(Runnable arrival) {
        if (bad && oneIn(15)) {
            return;
        }
        if (bad && oneIn(50)) {
            after(delay(), arrival);
        }
        after(delay(), arrival);
    }

    private long delay() {
        return bad && oneIn(8) ? chance.below(400) : 1 + chance.below(3);
    }

    /** A question over the network; it fails when no answer comes in time. */
    <A> Future<A> ask(BooleanSupplier answering, Supplier<A> answer) {
        Promise<A> promise = Promise.promise();
        after(ANSWER_MICROS / 1_000, () -> promise.tryFail(new TimeoutException()));
        send(() -> {
            if (answering.getAsBoolean()) {
                A body = answer.get();
                send(() -> promise.tryComplete(body));
            }
        });
        return promise.future();
    }

    /** An event loop: what is run on it is run in order. */
    Context loop(BooleanSupplier alive) {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "runOnContext" -> runLater(arguments[0], alive);
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> same(proxy, arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @SuppressWarnings("unchecked") // the parameter of runOnContext is nothing else
    private @Nullable Object runLater(Object task, BooleanSupplier alive) {
        after(0, () -> {
            if (alive.getAsBoolean()) {
                ((Handler<@Nullable Void>) task).handle(null);
            }
        });
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // a loop is itself and nothing else
    private static boolean same(Object one, Object other) {
        return one == other;
    }

    @Override
    public long wallMillis() {
        return nowMicros / 1_000;
    }

    @Override
    public long monoNanos() {
        return nowMicros * 1_000;
    }
}
