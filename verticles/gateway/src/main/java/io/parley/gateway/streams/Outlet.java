package io.parley.gateway.streams;

import io.parley.gateway.socket.Subscriber;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Clock;
import io.parley.schema.Limits;
import io.parley.schema.StreamId;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.SubscribeResult;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The subscriptions of one event loop. The hub posts tasks from its own loop, in order; they are done here, a slice per
 * turn, so that one large channel never holds the loop. Everything but {@link #post} and {@link #crowded} runs on the
 * loop.
 */
final class Outlet {
    /** Work for this loop, done strictly in the order of posting. */
    private sealed interface Task {}

    private record Register(Group group, Subscription subscription) implements Task {}

    private record Attach(Subscription subscription, SubscribeResult result, Promise<SubscribeResult> promise)
            implements Task {}

    private record Fail(Subscription subscription, Throwable failure, Promise<SubscribeResult> promise)
            implements Task {}

    private record Deliver(Group group, List<StreamEvent> events) implements Task {}

    private record Lose(Group group) implements Task {}

    private final Context context;
    private final Clock clock;
    private final StreamMeters meters;
    private final Consumer<Group> release;
    private final Queue<Task> posted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean planned = new AtomicBoolean();
    private final Map<Subscriber, Map<StreamId, Subscription>> sockets = new HashMap<>();
    /** Subscriptions that a newer one of the same socket and stream will replace once it is made. */
    private final Map<Subscription, Subscription> replaced = new HashMap<>();

    private final Queue<Deliver> unfinished = new ArrayDeque<>(1);
    private int nextEvent;
    private int nextPlace;

    Outlet(Context context, Clock clock, StreamMeters meters, Consumer<Group> release) {
        this.context = context;
        this.clock = clock;
        this.meters = meters;
        this.release = release;
    }

    void register(Group group, Subscription subscription) {
        post(new Register(group, subscription));
    }

    /** Completes {@code promise} on this loop, then delivers what came meanwhile. */
    void attach(Subscription subscription, SubscribeResult result, Promise<SubscribeResult> promise) {
        post(new Attach(subscription, result, promise));
    }

    void fail(Subscription subscription, Throwable failure, Promise<SubscribeResult> promise) {
        post(new Fail(subscription, failure, promise));
    }

    void deliver(Group group, List<StreamEvent> events) {
        post(new Deliver(group, events));
    }

    /** All subscriptions of the group end, and their sockets have to resume. */
    void lose(Group group) {
        post(new Lose(group));
    }

    /** True when this loop is so far behind that adding to its work only makes it worse. */
    boolean crowded() {
        return waiting.get() >= Limits.OUTLET_TASKS_MAX;
    }

    private void post(Task task) {
        posted.add(task);
        waiting.incrementAndGet();
        plan();
    }

    private void plan() {
        if (planned.compareAndSet(false, true)) {
            context.runOnContext(_ -> turn());
        }
    }

    /** Takes note of a subscription that is being made. Refuses when the socket has too many. */
    Optional<Refusal> adopt(Subscription subscription) {
        Map<StreamId, Subscription> own = sockets.computeIfAbsent(subscription.socket(), _ -> new HashMap<>());
        Subscription earlier = own.get(subscription.stream());
        if (earlier == null && own.size() >= Limits.SUBSCRIPTIONS_PER_SOCKET_MAX) {
            return Optional.of(Refusal.of(ErrorCode.SUBSCRIPTION_LIMIT));
        }
        own.put(subscription.stream(), subscription);
        if (earlier != null) {
            replaced.put(subscription, earlier);
        }
        return Optional.empty();
    }

    void unsubscribe(Subscriber socket, StreamId stream) {
        Map<StreamId, Subscription> own = sockets.get(socket);
        Subscription subscription = own == null ? null : own.get(stream);
        if (subscription != null) {
            end(subscription);
        }
    }

    void drop(Subscriber socket) {
        Map<StreamId, Subscription> own = sockets.get(socket);
        if (own != null) {
            List.copyOf(own.values()).forEach(this::end);
        }
    }

    private void turn() {
        planned.set(false);
        int budget = Limits.DELIVERIES_PER_TURN_MAX;
        Deliver started = unfinished.poll();
        if (started != null) {
            budget = walk(started, budget);
        }
        while (budget > 0) {
            Task task = posted.poll();
            if (task == null) {
                return;
            }
            waiting.decrementAndGet();
            budget = perform(task, budget - 1);
        }
        plan();
    }

    private int perform(Task task, int budget) {
        switch (task) {
            case Register(Group group, Subscription subscription) -> registered(group, subscription);
            case Attach(Subscription subscription, SubscribeResult result, var promise) ->
                attached(subscription, result, promise);
            case Fail(Subscription subscription, Throwable failure, var promise) -> {
                undo(subscription);
                promise.tryFail(failure);
            }
            case Lose(Group group) -> lost(group);
            case Deliver delivery -> {
                nextEvent = 0;
                nextPlace = 0;
                delivery.group().walk();
                return walk(delivery, budget);
            }
        }
        return budget;
    }

    private void registered(Group group, Subscription subscription) {
        subscription.group = group;
        if (subscription.closed()) {
            release.accept(group);
        } else {
            group.add(subscription);
        }
    }

    private void attached(Subscription subscription, SubscribeResult result, Promise<SubscribeResult> promise) {
        if (subscription.closed()) {
            promise.tryFail(Refusal.of(ErrorCode.CONFLICT, "unsubscribed before the subscription was made"));
        } else if (subscription.overflown()) {
            undo(subscription);
            promise.tryFail(Refusal.after(ErrorCode.OVERLOADED, Limits.STORE_RETRY_AFTER_MILLIS));
        } else {
            Subscription earlier = replaced.remove(subscription);
            if (earlier != null) {
                leave(earlier);
            }
            promise.tryComplete(result);
            // The subscriber may have left while it heard the answer; a closed subscription takes nothing.
            judge(subscription, subscription.attach(result.getPosition()));
        }
    }

    /** The subscription is not made; the one before it, if any, stays in force. */
    private void undo(Subscription subscription) {
        if (subscription.closed()) {
            return;
        }
        Subscription earlier = replaced.remove(subscription);
        Map<StreamId, Subscription> own = sockets.get(subscription.socket());
        if (earlier != null && !earlier.closed() && own != null) {
            own.put(subscription.stream(), earlier);
            leave(subscription);
        } else {
            end(subscription);
        }
    }

    /** Delivers until the budget is used up; the rest waits for the next turn, and all later tasks with it. */
    private int walk(Deliver delivery, int budget) {
        int left = budget;
        List<Subscription> subscriptions = delivery.group().subscriptions();
        for (; nextEvent < delivery.events().size(); nextEvent++, nextPlace = 0) {
            StreamEvent event = delivery.events().get(nextEvent);
            for (; nextPlace < subscriptions.size(); nextPlace++) {
                if (left-- <= 0) {
                    unfinished.add(delivery);
                    return 0;
                }
                Subscription subscription = subscriptions.get(nextPlace);
                judge(subscription, subscription.take(event));
            }
            meters.delivered(subscriptions.size(), event, clock);
        }
        delivery.group().walked();
        return left;
    }

    private void judge(Subscription subscription, Subscription.Verdict verdict) {
        switch (verdict) {
            case GOES_ON -> {}
            case ENDED -> end(subscription);
            case BROKEN -> {
                meters.broken();
                end(subscription);
                subscription.socket().disconnect(StreamHub.CLOSE_RESUME, "a stream has to be resumed");
            }
        }
    }

    private void lost(Group group) {
        Collection<Subscription> all = List.copyOf(group.subscriptions());
        for (Subscription subscription : all) {
            if (!subscription.closed()) {
                judge(subscription, Subscription.Verdict.BROKEN);
            }
        }
    }

    private void end(Subscription subscription) {
        Map<StreamId, Subscription> own = sockets.get(subscription.socket());
        if (own != null && own.remove(subscription.stream(), subscription) && own.isEmpty()) {
            sockets.remove(subscription.socket());
        }
        Subscription earlier = replaced.remove(subscription);
        if (earlier != null) {
            leave(earlier);
        }
        leave(subscription);
    }

    /** Closes once and gives the group back; a subscription that has no group yet is released when it gets one. */
    private void leave(Subscription subscription) {
        if (subscription.closed()) {
            return;
        }
        subscription.close();
        Group group = subscription.group;
        if (group != null) {
            group.remove(subscription);
            release.accept(group);
        }
    }
}
