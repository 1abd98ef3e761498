package io.parley.kernel.fanout;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.kernel.cluster.SingleNode;
import io.parley.schema.Limits;
import io.parley.schema.SystemClock;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.bus.v1.Publications;
import io.parley.schema.bus.v1.StreamKey;
import io.parley.schema.v1.Push;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The publisher on a real bus of one process. */
final class BusPublisherTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Publications> messages = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private BusPublisher publisher(Set<String> roles) {
        FanoutContracts.TAKE
                .at("n1")
                .receive(vertx.eventBus(), messages::add)
                .completion()
                .await();
        return new BusPublisher(vertx, new SingleNode("n1", roles), meters, new SystemClock());
    }

    private static Publication publication(long offset) {
        return Publication.newBuilder()
                .setKey(StreamKey.newBuilder().setTenant("t").setStream("ch:1"))
                .setPush(Push.newBuilder().setOffset(offset))
                .build();
    }

    private double dropped() {
        return meters.counter("parley.fanout.publications.dropped", "stage", "published")
                .count();
    }

    @Test
    void keepsTheOrder_andSendsFewMessages() {
        BusPublisher publisher = publisher(Set.of("fanout"));
        List<Long> offsets = LongStream.rangeClosed(1, 1_200).boxed().toList();
        publisher.publish(offsets.stream().map(BusPublisherTest::publication).toList());
        await().atMost(PATIENCE)
                .until(() ->
                        messages.stream().mapToInt(Publications::getItemsCount).sum() == 1_200);
        assertEquals(
                offsets,
                messages.stream()
                        .flatMap(batch -> batch.getItemsList().stream())
                        .map(item -> item.getPush().getOffset())
                        .toList());
        assertTrue(messages.size() <= 3, messages.size() + " messages");
        assertTrue(messages.getFirst().getItems(0).getPublishedWallMillis() > 0);
    }

    @Test
    void aFullQueueDropsTheNewest_andNobodyWaits() {
        BusPublisher publisher = publisher(Set.of("fanout"));
        publisher.publish(Collections.nCopies(Limits.PUBLICATIONS_QUEUED_MAX + 7, publication(1)));
        assertEquals(7, dropped());
    }

    @Test
    void withoutAnyOwnerPublicationsAreDropped() {
        publisher(Set.of("gateway")).publish(List.of(publication(1)));
        await().atMost(PATIENCE).until(() -> dropped() == 1);
    }
}
