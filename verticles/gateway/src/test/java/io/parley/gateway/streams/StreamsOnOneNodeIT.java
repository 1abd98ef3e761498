package io.parley.gateway.streams;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.kernel.bus.Refusal;
import io.parley.kernel.cluster.ClusterConfig;
import io.parley.schema.StreamId;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.PresenceChanged;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.Subscribe;
import io.parley.schema.v1.SubscribeResult;
import io.parley.schema.v1.SubscribeResult.Lost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One process, no cluster: published events reach subscribed sockets, resumes are answered, losses heal. */
final class StreamsOnOneNodeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final StreamId CHANNEL = new StreamId("t", "ch:c1");
    private static final ClusterConfig ALONE = new ClusterConfig(List.of(), "127.0.0.1", 5701, Duration.ofSeconds(8));

    private final MemoryLog log = new MemoryLog();
    private TestNode node = startNode();

    private static TestNode startNode() {
        return TestNode.start(
                "n1",
                ALONE,
                Set.of("fanout", "gateway", "chat"),
                Map.of("streams.probe", "500ms", "streams.linger", "200ms"));
    }

    @BeforeEach
    void serveTheLog() {
        log.serve(node.vertx().eventBus(), node.id());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void publish(int messages) {
        for (int index = 0; index < messages; index++) {
            node.publisher().publish(List.of(log.message(CHANNEL)));
        }
    }

    private static Subscribe channel() {
        return Subscribe.newBuilder().setStream("ch:c1").build();
    }

    private static Subscribe since(long offset) {
        return channel().toBuilder()
                .setSince(Position.newBuilder().setEpoch("e1").setOffset(offset))
                .build();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void everySocketHearsEveryEventBehindItsPositionOnceAndInOrder() {
        publish(3);
        RecordingSubscriber early = node.socket();
        assertEquals(
                3, node.subscribe(early, "u1", channel()).await().getPosition().getOffset());
        publish(500);
        RecordingSubscriber late = node.socket();
        long from = node.subscribe(late, "u2", channel()).await().getPosition().getOffset();
        publish(500);
        await().atMost(PATIENCE)
                .until(() -> early.offsets().size() == 1_000 && late.offsets().size() == 1_003 - from);
        assertEquals(range(4, 1_003), early.offsets());
        assertEquals(range(from + 1, 1_003), late.offsets());
    }

    @Test
    void aResumeIsAnsweredFromRecentEventsWithoutTheLog() {
        RecordingSubscriber first = node.socket();
        node.subscribe(first, "u1", channel()).await();
        publish(10);
        await().atMost(PATIENCE).until(() -> first.offsets().size() == 10);
        SubscribeResult resumed = node.subscribe(node.socket(), "u2", since(4)).await();
        assertTrue(resumed.getRecovered());
        assertEquals(
                range(5, 10),
                resumed.getMissedList().stream().map(Push::getOffset).toList());
        assertEquals(
                1,
                node.meters()
                        .counter("parley.fanout.recent.reads", "result", "hit")
                        .count());
    }

    @Test
    void aPositionOfAnotherEpochOrTooFarBehindIsLost() {
        publish(1_200);
        SubscribeResult far = node.subscribe(node.socket(), "u1", since(1)).await();
        assertEquals(Lost.TOO_MANY, far.getLost());
        assertEquals(1_200, far.getPosition().getOffset());
        Position foreign = Position.newBuilder().setEpoch("other").setOffset(1).build();
        SubscribeResult other = node.subscribe(
                        node.socket(),
                        "u1",
                        channel().toBuilder().setSince(foreign).build())
                .await();
        assertEquals(Lost.EPOCH_CHANGED, other.getLost());
        assertEquals(
                Lost.EPOCH_CHANGED,
                node.subscribe(node.socket(), "u1", since(9_999)).await().getLost());
    }

    @Test
    void anEventThatWasCommittedButNeverPublishedIsFoundByAskingForHeads() {
        RecordingSubscriber socket = node.socket();
        node.subscribe(socket, "u1", channel()).await();
        log.message(CHANNEL);
        await().atMost(PATIENCE).until(() -> socket.offsets().equals(range(1, 1)));
    }

    @Test
    void aRemovedMemberHearsOfItAndOfNothingAfter() {
        RecordingSubscriber removed = node.socket();
        RecordingSubscriber other = node.socket();
        node.subscribe(removed, "u1", channel()).await();
        node.subscribe(other, "u2", channel()).await();
        publish(1);
        node.publisher().publish(List.of(log.remove(CHANNEL, "u1")));
        publish(2);
        await().atMost(PATIENCE).until(() -> other.offsets().size() == 4);
        assertEquals(range(1, 2), removed.offsets());
        Refusal refusal = assertThrows(
                Refusal.class, () -> node.subscribe(removed, "u1", channel()).await());
        assertEquals(ErrorCode.CHANNEL_NOT_FOUND, refusal.code());
    }

    @Test
    void skippedEventsMoveThePositionBeforeTheNextDelivery() {
        RecordingSubscriber socket = node.socket();
        node.subscribe(
                        socket,
                        "u1",
                        channel().toBuilder().addEvents("memberLeft").build())
                .await();
        publish(5);
        node.publisher().publish(List.of(log.remove(CHANNEL, "u9")));
        await().atMost(PATIENCE).until(() -> socket.frames().size() == 2);
        assertEquals(
                5,
                socket.frames()
                        .getFirst()
                        .getCtl()
                        .getPositions()
                        .getStreams(0)
                        .getPosition()
                        .getOffset());
        assertEquals(range(6, 6), socket.offsets());
    }

    @Test
    void anotherUsersInboxAndUnknownStreamsAreRefused() {
        assertRefused(ErrorCode.FORBIDDEN, Subscribe.newBuilder().setStream("me:u2"));
        assertRefused(ErrorCode.STREAM_NOT_FOUND, Subscribe.newBuilder().setStream("nothing:1"));
        assertRefused(ErrorCode.INVALID_REQUEST, channel().toBuilder().addEvents("nonsense"));
    }

    private void assertRefused(ErrorCode code, Subscribe.Builder request) {
        Refusal refusal = assertThrows(
                Refusal.class,
                () -> node.subscribe(node.socket(), "u1", request.build()).await());
        assertEquals(code, refusal.code());
    }

    @Test
    void presenceNeedsNoAuthorizationAndNoPosition() {
        RecordingSubscriber socket = node.socket();
        node.subscribe(socket, "u1", Subscribe.newBuilder().setStream("pres:u7").build())
                .await();
        StreamId presence = new StreamId("t", "pres:u7");
        Push push = Push.newBuilder()
                .setStream("pres:u7")
                .setPresenceChanged(PresenceChanged.getDefaultInstance())
                .build();
        node.publisher()
                .publish(List.of(Publication.newBuilder()
                        .setKey(io.parley.kernel.fanout.FanoutContracts.keyOf(presence))
                        .setPush(push)
                        .build()));
        await().atMost(PATIENCE).until(() -> socket.pushes().size() == 1);
    }

    @Test
    void aSocketThatUnsubscribedOrWentAwayHearsNothingMore() {
        RecordingSubscriber left = node.socket();
        RecordingSubscriber gone = node.socket();
        RecordingSubscriber stays = node.socket();
        node.subscribe(left, "u1", channel()).await();
        node.subscribe(gone, "u2", channel()).await();
        node.subscribe(stays, "u3", channel()).await();
        node.unsubscribe(left, "u1", "ch:c1");
        node.drop(gone);
        publish(3);
        await().atMost(PATIENCE).until(() -> stays.offsets().size() == 3);
        assertEquals(List.of(), left.offsets());
        assertEquals(List.of(), gone.offsets());
    }

    @Test
    void aNewEpochMakesSocketsResume() {
        RecordingSubscriber socket = node.socket();
        node.subscribe(socket, "u1", channel()).await();
        publish(3);
        await().atMost(PATIENCE).until(() -> socket.offsets().size() == 3);
        log.newEpoch(CHANNEL);
        publish(1);
        await().atMost(PATIENCE).until(() -> socket.closeCode() == 4002);
        assertEquals(range(1, 3), socket.offsets());
    }

    @Test
    void interestEndsWhenNobodyListensForAWhile() {
        RecordingSubscriber socket = node.socket();
        node.subscribe(socket, "u1", channel()).await();
        node.drop(socket);
        await().atMost(PATIENCE)
                .until(() -> node.meters()
                                .get("parley.fanout.interest.streams")
                                .gauge()
                                .value()
                        == 0);
    }
}
