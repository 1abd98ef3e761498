package io.parley.gateway.streams;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.parley.kernel.cluster.ClusterConfig;
import io.parley.schema.StreamId;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.Subscribe;
import io.parley.schema.v1.SubscribeResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two members of a real cluster on loopback, each with owners and subscribers; one of them dies. */
final class StreamsOnTwoNodesIT {
    private static final int CHANNELS = 20;
    private static final Duration HEALED = Duration.ofMinutes(1);

    private final MemoryLog log = new MemoryLog();
    private final List<TestNode> nodes = new ArrayList<>();
    private int messages;

    @BeforeEach
    void startBoth() {
        List<Integer> ports = List.of(freePort(), freePort());
        List<String> members = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        for (int number = 0; number < 2; number++) {
            ClusterConfig cluster = new ClusterConfig(members, "127.0.0.1", ports.get(number), Duration.ofSeconds(5));
            TestNode node = TestNode.start("node" + number, cluster, Set.of("fanout", "gateway", "chat"), Map.of());
            log.serve(node.vertx().eventBus(), node.id());
            nodes.add(node);
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(TestNode::close);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static StreamId channel(int number) {
        return new StreamId("t", "ch:c" + number);
    }

    private static Subscribe subscribe(int number) {
        return Subscribe.newBuilder().setStream("ch:c" + number).build();
    }

    /** One message in every channel, so that both nodes own some of them. */
    private void publishFrom(TestNode node) {
        messages++;
        for (int number = 0; number < CHANNELS; number++) {
            node.publisher().publish(List.of(log.message(channel(number))));
        }
    }

    private List<RecordingSubscriber> subscribeAll(TestNode node) {
        List<RecordingSubscriber> sockets = new ArrayList<>();
        for (int number = 0; number < CHANNELS; number++) {
            RecordingSubscriber socket = node.socket();
            node.subscribe(socket, "u1", subscribe(number)).await();
            sockets.add(socket);
        }
        return sockets;
    }

    private void awaitAll(List<RecordingSubscriber> sockets) {
        List<Long> all = LongStream.rangeClosed(1, messages).boxed().toList();
        await().atMost(HEALED).untilAsserted(() -> sockets.forEach(socket -> assertEquals(all, socket.offsets())));
    }

    /** No goodbye: its connections are cut, as when its process dies. */
    private static void kill(String nodeId) {
        for (HazelcastInstance instance : Hazelcast.getAllHazelcastInstances()) {
            if (nodeId.equals(instance.getCluster().getLocalMember().getAttribute("parley.node"))) {
                instance.getLifecycleService().terminate();
            }
        }
    }

    @Test
    void eventsCrossNodes_andTheDeathOfOneStopsNobodyElse() {
        TestNode stays = nodes.getFirst();
        TestNode dies = nodes.getLast();
        List<RecordingSubscriber> here = subscribeAll(stays);
        List<RecordingSubscriber> there = subscribeAll(dies);
        publishFrom(stays);
        publishFrom(dies);
        awaitAll(here);
        awaitAll(there);

        kill(dies.id());
        publishFrom(stays); // while the dead node still owns half of the shards
        awaitAll(here);
        publishFrom(stays);
        awaitAll(here);
        await().atMost(HEALED).untilAsserted(() -> assertResumedOn(stays));
    }

    /** What the clients of the dead node do. */
    private void assertResumedOn(TestNode node) {
        RecordingSubscriber socket = node.socket();
        Subscribe since = subscribe(3).toBuilder()
                .setSince(Position.newBuilder().setEpoch("e1").setOffset(2))
                .build();
        SubscribeResult resumed = node.subscribe(socket, "u1", since).await();
        assertTrue(resumed.getRecovered());
        assertEquals(
                List.of(3L, 4L),
                resumed.getMissedList().stream().map(Push::getOffset).toList());
    }
}
