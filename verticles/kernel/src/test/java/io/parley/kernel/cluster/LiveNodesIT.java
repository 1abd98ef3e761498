package io.parley.kernel.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.parley.kernel.bus.Failures;
import io.parley.kernel.bus.NodeLeftException;
import io.parley.kernel.bus.Notice;
import io.parley.kernel.contract.CommandContracts;
import io.parley.kernel.contract.CommandServer;
import io.parley.kernel.contract.StreamContracts;
import io.parley.schema.bus.v1.Command;
import io.parley.schema.bus.v1.DeliveredBatch;
import io.parley.schema.bus.v1.Outcome;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Ok;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway and two chat nodes of one real cluster: one of them takes a question and dies. */
final class LiveNodesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Far longer than the test waits: whatever ends sooner did not end by its time. */
    private static final Duration TIMEOUT = Duration.ofHours(1);

    private final List<ClusterStart.Started> nodes = new ArrayList<>();
    private final AtomicInteger swallowed = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        List<Integer> ports = freePorts();
        List<String> members = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        for (int number = 0; number < ports.size(); number++) {
            var config = new ClusterConfig(members, "127.0.0.1", ports.get(number), Duration.ofSeconds(5));
            Set<String> roles = Set.of(number == 0 ? "gateway" : "chat");
            nodes.add(ClusterStart.start(config, "n" + number, roles, new VertxOptions(), Vertx.builder())
                    .await());
        }
        await().atMost(PATIENCE)
                .until(() -> nodes.getFirst().cluster().view().nodes().size() == ports.size());
    }

    @AfterEach
    void stop() {
        nodes.forEach(node -> node.vertx().close().await());
    }

    private static List<Integer> freePorts() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket three = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return List.of(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
        }
    }

    /** Node 1 hears questions and never answers; node 2 answers. */
    private void serve() {
        Future.all(
                        CommandServer.serve(nodes.get(1).vertx().eventBus(), CommandContracts.CHAT.at("n1"), _ -> {
                                    swallowed.incrementAndGet();
                                    return Promise.<Ok>promise().future();
                                })
                                .completion(),
                        serveOnTheSecond())
                .await();
    }

    private Future<Void> serveOnTheSecond() {
        return CommandServer.serve(
                        nodes.get(2).vertx().eventBus(),
                        CommandContracts.CHAT.at("n2"),
                        _ -> Future.succeededFuture(Ok.getDefaultInstance()))
                .completion();
    }

    private List<Future<Outcome>> askTwice(boolean repeatable) {
        LiveNodes live =
                new LiveNodes(nodes.getFirst().vertx(), nodes.getFirst().cluster());
        List<Future<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < 2; i++) { // in turn: one of the two asks the node that never answers
            answers.add(live.askRole("chat", CommandContracts.CHAT, Command.getDefaultInstance(), TIMEOUT, repeatable));
        }
        return answers;
    }

    @Test
    void aQuestionThatMayBeRepeatedIsAnsweredByAnotherWhenItsNodeDies() {
        serve();
        List<Future<Outcome>> answers = askTwice(true);
        await().atMost(PATIENCE).until(() -> swallowed.get() == 1);
        nodes.get(1).vertx().close().await();
        await().atMost(PATIENCE).until(() -> answers.stream().allMatch(Future::succeeded));
    }

    @Test
    void oneThatMayNotFailsTheMomentItsNodeIsGone() {
        serve();
        List<Future<Outcome>> answers = askTwice(false);
        await().atMost(PATIENCE).until(() -> swallowed.get() == 1);
        nodes.get(1).vertx().close().await();
        await().atMost(PATIENCE).until(() -> answers.stream().allMatch(Future::isComplete));
        Throwable failure = answers.stream()
                .filter(Future::failed)
                .findFirst()
                .orElseThrow()
                .cause();
        assertInstanceOf(NodeLeftException.class, failure);
        assertEquals(ErrorCode.TIMEOUT, Failures.code(failure)); // its effect is unknown
    }

    @Test
    void aNodeThatDoesNotServeYetIsPassedOver() {
        serveOnTheSecond().await();
        List<Future<Outcome>> answers = askTwice(false);
        await().atMost(PATIENCE).until(() -> answers.stream().allMatch(Future::succeeded));
    }

    /** As after a partition, when the bus may go on believing that somebody listens. */
    @Test
    void noticesGoInTurnToLivingNodesOfTheRole_whoeverElseListens() {
        List<AtomicInteger> told = List.of(new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
        Future.all(
                        told(0, StreamContracts.DELIVERED, told.get(0)),
                        told(1, StreamContracts.DELIVERED.at("n1"), told.get(1)),
                        told(2, StreamContracts.DELIVERED.at("n2"), told.get(2)))
                .await();
        LiveNodes live =
                new LiveNodes(nodes.getFirst().vertx(), nodes.getFirst().cluster());
        tell(live, 4);
        await().atMost(PATIENCE)
                .until(() -> told.get(1).get() == 2 && told.get(2).get() == 2);
        nodes.get(1).vertx().close().await();
        await().atMost(PATIENCE).until(() -> !nodes.getFirst().cluster().view().has("n1"));
        tell(live, 4);
        await().atMost(PATIENCE).until(() -> told.get(2).get() == 6);
        assertEquals(0, told.getFirst().get(), "the address that all share is nobody's");
    }

    private Future<Void> told(int number, Notice<DeliveredBatch> notice, AtomicInteger count) {
        return notice.receive(nodes.get(number).vertx().eventBus(), _ -> count.incrementAndGet())
                .completion();
    }

    private static void tell(LiveNodes live, int times) {
        for (int i = 0; i < times; i++) {
            live.tellRole("chat", StreamContracts.DELIVERED, DeliveredBatch.getDefaultInstance());
        }
    }
}
