package io.parley.gateway.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.StreamId;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.SubscribeResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One loop's subscriptions, turn by turn. */
final class OutletTest {
    private static final StreamId STREAM = new StreamId("t", "ch:1");

    private final Queue<Handler<Void>> turns = new ArrayDeque<>();
    private final Context loop = (Context) Proxy.newProxyInstance(
            Context.class.getClassLoader(), new Class<?>[] {Context.class}, (_, method, arguments) -> {
                assertEquals("runOnContext", method.getName());
                @SuppressWarnings("unchecked")
                Handler<Void> task = (Handler<Void>) arguments[0];
                turns.add(task);
                return null;
            });
    private final List<Group> released = new ArrayList<>();
    private final Outlet outlet =
            new Outlet(loop, new Sim(1), new StreamMeters(new SimpleMeterRegistry()), released::add);
    private final Group group = new Group(STREAM, outlet);

    private static StreamEvent event(long offset) {
        return StreamEvent.of(Push.newBuilder().setEpoch("e").setOffset(offset).build(), 0);
    }

    private Subscription subscription(RecordingSubscriber socket) {
        Subscription subscription = new Subscription(STREAM, socket, "u1", Set.of());
        assertTrue(outlet.adopt(subscription).isEmpty());
        outlet.register(group, subscription);
        return subscription;
    }

    private Future<SubscribeResult> attach(Subscription subscription, long offset) {
        Promise<SubscribeResult> promise = Promise.promise();
        SubscribeResult result = SubscribeResult.newBuilder()
                .setPosition(Position.newBuilder().setEpoch("e").setOffset(offset))
                .build();
        outlet.attach(subscription, result, promise);
        return promise.future();
    }

    private RecordingSubscriber attached(long offset) {
        RecordingSubscriber socket = new RecordingSubscriber(loop);
        attach(subscription(socket), offset);
        return socket;
    }

    private void turn() {
        turns.remove().handle(null);
    }

    private void turnsUntilIdle() {
        while (!turns.isEmpty()) {
            turn();
        }
    }

    @Test
    void whatComesWhileTheSubscriptionIsMadeFollowsItsAnswer() {
        RecordingSubscriber socket = new RecordingSubscriber(loop);
        Subscription subscription = subscription(socket);
        outlet.deliver(group, List.of(event(4), event(5), event(6)));
        turnsUntilIdle();
        assertEquals(List.of(), socket.offsets());
        Future<SubscribeResult> answer = attach(subscription, 4);
        answer.onSuccess(_ -> assertEquals(List.of(), socket.offsets()));
        outlet.deliver(group, List.of(event(7)));
        turnsUntilIdle();
        assertTrue(answer.succeeded());
        assertEquals(List.of(5L, 6L, 7L), socket.offsets());
    }

    @Test
    void aHoleIsNeverDelivered_theSocketHasToResume() {
        RecordingSubscriber socket = attached(4);
        outlet.deliver(group, List.of(event(6)));
        turnsUntilIdle();
        assertEquals(StreamHub.CLOSE_RESUME, socket.closeCode());
        assertEquals(List.of(), socket.offsets());
        assertEquals(List.of(group), released);
    }

    @Test
    void aLargeChannelIsServedInSlices_andLaterWorkWaits() {
        int sockets = Limits.DELIVERIES_PER_TURN_MAX * 2;
        List<RecordingSubscriber> all = new ArrayList<>();
        for (int number = 0; number < sockets; number++) {
            all.add(attached(0));
        }
        turnsUntilIdle();
        outlet.deliver(group, List.of(event(1), event(2)));
        turn();
        long heard = all.stream().filter(socket -> !socket.offsets().isEmpty()).count();
        assertTrue(heard > 0 && heard <= Limits.DELIVERIES_PER_TURN_MAX, heard + " in one turn");
        outlet.drop(all.get(0));
        outlet.drop(all.get(sockets - 1));
        turnsUntilIdle();
        assertEquals(List.of(1L), all.get(0).offsets(), "left between two slices");
        assertEquals(List.of(), all.get(sockets - 1).offsets());
        all.subList(1, sockets - 1).forEach(socket -> assertEquals(List.of(1L, 2L), socket.offsets()));
        assertEquals(2, released.size());
        assertEquals(sockets - 2, group.subscriptions().size());
    }

    @Test
    void tooManyEventsBeforeTheAnswerRefuseTheSubscription() {
        Subscription subscription = subscription(new RecordingSubscriber(loop));
        List<StreamEvent> many = new ArrayList<>();
        for (long offset = 1; offset <= Limits.SUBSCRIPTION_EARLY_EVENTS_MAX + 1; offset++) {
            many.add(event(offset));
        }
        outlet.deliver(group, many);
        turnsUntilIdle();
        Future<SubscribeResult> answer = attach(subscription, 0);
        turnsUntilIdle();
        Refusal refusal = assertInstanceOf(Refusal.class, answer.cause());
        assertEquals(ErrorCode.OVERLOADED, refusal.code());
        assertEquals(List.of(group), released);
    }

    @Test
    void aSocketHasABoundedNumberOfSubscriptions_andSubscribingAgainIsFree() {
        RecordingSubscriber socket = new RecordingSubscriber(loop);
        for (int number = 0; number < Limits.SUBSCRIPTIONS_PER_SOCKET_MAX; number++) {
            assertTrue(outlet.adopt(new Subscription(new StreamId("t", "ch:" + number), socket, "u1", Set.of()))
                    .isEmpty());
        }
        assertTrue(
                outlet.adopt(new Subscription(STREAM, socket, "u1", Set.of())).isEmpty());
        StreamId more = new StreamId("t", "ch:more");
        assertEquals(
                ErrorCode.SUBSCRIPTION_LIMIT,
                outlet.adopt(new Subscription(more, socket, "u1", Set.of()))
                        .orElseThrow()
                        .code());
    }

    @Test
    void subscribingAgainReplacesTheEarlierSubscriptionOnceItIsMade() {
        RecordingSubscriber socket = attached(0);
        turnsUntilIdle();
        Subscription again = subscription(socket);
        outlet.deliver(group, List.of(event(1)));
        turnsUntilIdle();
        assertEquals(List.of(1L), socket.offsets(), "the earlier one is still in force");
        attach(again, 1);
        outlet.deliver(group, List.of(event(2)));
        turnsUntilIdle();
        assertEquals(List.of(1L, 2L), socket.offsets());
        assertEquals(1, group.subscriptions().size());
    }

    @Test
    void aFailedRepetitionLeavesTheEarlierSubscriptionAlone() {
        RecordingSubscriber socket = attached(0);
        Subscription again = subscription(socket);
        Promise<SubscribeResult> promise = Promise.promise();
        outlet.fail(again, Refusal.of(ErrorCode.UNAVAILABLE), promise);
        outlet.deliver(group, List.of(event(1)));
        turnsUntilIdle();
        assertTrue(promise.future().failed());
        assertEquals(List.of(1L), socket.offsets());
        outlet.drop(socket);
        assertEquals(2, released.size());
    }

    @Test
    void aSocketThatLeavesWhileItsSubscriptionIsMadeIsReleasedOnce() {
        RecordingSubscriber socket = new RecordingSubscriber(loop);
        Subscription subscription = subscription(socket);
        outlet.drop(socket); // before its group was told to the loop
        Future<SubscribeResult> answer = attach(subscription, 3);
        turnsUntilIdle();
        assertTrue(answer.failed());
        assertEquals(List.of(group), released);
    }

    @Test
    void aLoopThatDoesNotTurnIsCrowded() {
        for (int number = 0; number < Limits.OUTLET_TASKS_MAX; number++) {
            assertFalse(outlet.crowded());
            outlet.deliver(group, List.of(event(1)));
        }
        assertTrue(outlet.crowded());
        turnsUntilIdle();
        assertFalse(outlet.crowded());
    }
}
