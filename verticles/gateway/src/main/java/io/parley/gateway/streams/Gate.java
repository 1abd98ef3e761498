package io.parley.gateway.streams;

import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Lets a bounded number of questions be under way and a bounded number wait; after a mass reconnect the stores see a
 * queue, not a wave. Owned by one thread.
 */
final class Gate {
    private record Waiting<T>(Supplier<Future<T>> question, Promise<T> promise) {}

    private final int underWayMax;
    private final int waitingMax;
    private final Queue<Waiting<?>> waiting = new ArrayDeque<>();
    private int underWay;

    Gate(int underWayMax, int waitingMax) {
        this.underWayMax = underWayMax;
        this.waitingMax = waitingMax;
    }

    /** Refuses with OVERLOADED when too many wait. */
    <T> Future<T> ask(Supplier<Future<T>> question) {
        if (underWay < underWayMax) {
            return start(question);
        } else if (waiting.size() >= waitingMax) {
            return Future.failedFuture(Refusal.after(ErrorCode.OVERLOADED, Limits.STORE_RETRY_AFTER_MILLIS));
        }
        Promise<T> promise = Promise.promise();
        waiting.add(new Waiting<>(question, promise));
        return promise.future();
    }

    private <T> Future<T> start(Supplier<Future<T>> question) {
        underWay++;
        return question.get().onComplete(_ -> ended(), _ -> ended());
    }

    private void ended() {
        underWay--;
        Waiting<?> next = waiting.poll();
        if (next != null) {
            startWaiting(next);
        }
    }

    private <T> void startWaiting(Waiting<T> next) {
        start(next.question()).onComplete(next.promise());
    }
}
