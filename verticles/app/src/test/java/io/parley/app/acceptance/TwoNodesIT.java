package io.parley.app.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.testkit.TestPostgres;
import io.parley.testkit.TestRedis;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, one cluster: people on both talk as if there were one, and one of the two may die. */
@ExtendWith({TestPostgres.class, TestRedis.class})
class TwoNodesIT {
    private static final Duration RESUMED_WITHIN = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** So many that the streams of each node live in the other one too. */
    private static final List<String> ROOMS = List.of("general", "a", "b", "c", "d", "e", "f", "g");

    @TempDir
    Path folder;

    @Test
    void peopleOnBothNodesTalk_andWhenOneNodeIsKilledItsClientResumesOnTheOther(TestPostgres postgres, TestRedis redis)
            throws IOException {
        List<Integer> ports = freePorts();
        String database = postgres.emptyDatabaseUrl();
        try (ServerProcess left = node("left", ports, 0, database, redis);
                ServerProcess right = node("right", ports, 1, database, redis);
                TestClient alice = TestClient.connect(left.url(), "alice");
                TestClient bob = TestClient.connect(right.url(), "bob");
                TestClient carol = TestClient.connect(left.url(), "carol")) {
            ROOMS.forEach(room -> createRoom(alice, room));
            ROOMS.forEach(room -> List.of(alice, bob, carol).forEach(client -> client.subscribe("ch:" + room)));
            messagesCross(alice, bob);
            presenceCrosses(alice, bob);
            JsonArray seenByBob = positions(bob);
            createRoom(alice, "flood");
            UnderWay.post(bob, "flood", "before", 50).replies().forEach(CompletableFuture::join);

            UnderWay flood = UnderWay.post(bob, "flood", "flood", 200);
            flood.replies().getFirst().join();
            right.kill();
            long killedNanos = System.nanoTime();
            ROOMS.forEach(room -> alice.sendText(room, "down-" + room, "while bob is away: " + room));
            ROOMS.forEach(room -> carol.awaitMessage("while bob is away: " + room));
            try (TestClient bobAgain = TestClient.silent(left.url())) {
                resume(bobAgain, seenByBob);
                Duration took = Duration.ofNanos(System.nanoTime() - killedNanos);
                assertTrue(took.compareTo(RESUMED_WITHIN) < 0, "resumed after " + took);
                bobAgain.sendText("general", "back", "bob is back");
                alice.awaitMessage("bob is back");
                carol.sendText("general", "welcome", "welcome back");
                bobAgain.awaitMessage("welcome back");
                offsetsAreDense(bobAgain, "general", 13);
                flood.repeatedAllAreKeptOnce(bobAgain);
            }
        }
    }

    /** Its process stops and goes on later: it keeps sockets, locks in the database and a wrong idea of the cluster. */
    @Test
    void aFrozenNodeHoldsNobodyUp_andWhenItWakesItsClientsSeeWhatTheyMissed(TestPostgres postgres, TestRedis redis)
            throws IOException {
        List<Integer> ports = freePorts();
        String database = postgres.emptyDatabaseUrl();
        try (ServerProcess left = node("left", ports, 0, database, redis);
                ServerProcess right = node("right", ports, 1, database, redis);
                TestClient alice = TestClient.connect(left.url(), "alice");
                TestClient bob = TestClient.connect(right.url(), "bob");
                TestClient carol = TestClient.connect(left.url(), "carol")) {
            ROOMS.forEach(room -> createRoom(alice, room));
            ROOMS.forEach(room -> List.of(alice, bob, carol).forEach(client -> client.subscribe("ch:" + room)));
            createRoom(alice, "flood");
            messagesCross(alice, bob);

            UnderWay flood = UnderWay.post(bob, "flood", "flood", 200);
            flood.replies().getFirst().join();
            Signals.freeze(List.of(right.pid()));
            ROOMS.forEach(room -> persist(alice, room, "frozen: " + room));
            ROOMS.forEach(room -> carol.awaitMessage("frozen: " + room));
            persist(alice, "flood", "into the room in which the frozen node was writing");
            await().atMost(PATIENCE).until(() -> left.said().split("cluster changed", -1).length > 2);
            ROOMS.forEach(room -> persist(alice, room, "without it: " + room));
            ROOMS.forEach(room -> carol.awaitMessage("without it: " + room));

            Signals.thaw(List.of(right.pid()));
            ROOMS.forEach(room -> bob.awaitMessage("frozen: " + room));
            ROOMS.forEach(room -> bob.awaitMessage("without it: " + room));
            await().atMost(PATIENCE).until(() -> knowsBoth(left) && knowsBoth(right));
            ROOMS.forEach(room -> persist(bob, room, "awake: " + room));
            ROOMS.forEach(room -> carol.awaitMessage("awake: " + room));
            ROOMS.forEach(room -> persist(alice, room, "welcome: " + room));
            ROOMS.forEach(room -> bob.awaitMessage("welcome: " + room));
            ROOMS.forEach(room -> offsetsAreDense(bob, room, room.equals("general") ? 14 : 4));
            flood.repeatedAllAreKeptOnce(bob);
            assertTrue(bob.isOpen(), "all on the socket that it had");
        }
    }

    /** By what it said last of the cluster. */
    private static boolean knowsBoth(ServerProcess node) {
        return node.said()
                .lines()
                .filter(line -> line.contains("cluster changed"))
                .reduce((_, last) -> last)
                .filter(line -> line.contains("\"nodes\":2"))
                .isPresent();
    }

    /** Sends as a client does that comes back when it is told to. */
    private static void persist(TestClient who, String room, String text) {
        JsonObject input = new JsonObject()
                .put("channelId", room)
                .put("clientId", text.hashCode() + room)
                .put("text", text);
        await().atMost(PATIENCE).until(() -> {
            JsonObject reply = who.answer("sendMessage", input);
            assertTrue(reply.containsKey("ok") || reply.getJsonObject("err").containsKey("afterMs"), reply::encode);
            return reply.containsKey("ok");
        });
    }

    @Test
    void aNodeThatIsStoppedSendsItsClientsToTheOther_andNoMessageIsLost(TestPostgres postgres, TestRedis redis)
            throws IOException {
        List<Integer> ports = freePorts();
        String database = postgres.emptyDatabaseUrl();
        try (ServerProcess left = node("left", ports, 0, database, redis);
                ServerProcess right = node("right", ports, 1, database, redis);
                TestClient alice = TestClient.connect(left.url(), "alice");
                TestClient bob = TestClient.connect(right.url(), "bob")) {
            createRoom(alice, "general");
            alice.subscribe("ch:general");
            bob.subscribe("ch:general");
            CompletableFuture<Integer> stopped = CompletableFuture.supplyAsync(right::terminate);
            JsonObject drain = bob.await("drain", frame -> isDrain(frame)).getJsonObject("ctl");
            assertEquals(5_000, drain.getJsonObject("drain").getInteger("reconnectAfterMaxMs"));
            // A node that drains goes on serving: what is said in its window reaches everybody.
            bob.sendText("general", "from-bob", "still here");
            alice.awaitMessage("still here");
            for (int i = 0; i < 20; i++) {
                alice.sendText("general", "d" + i, "during the drain " + i);
            }
            bob.awaitMessage("still here");
            bob.leave();
            JsonArray seen = positions(bob, "general");
            try (TestClient bobAgain = TestClient.silent(left.url())) {
                JsonObject stream = hello(bobAgain, seen).getJsonObject(0);
                assertTrue(stream.getBoolean("recovered", false), stream.encode());
                alice.sendText("general", "after", "after the drain");
                bobAgain.awaitMessage("after the drain");
                offsetsAreDense(bobAgain, "general", 22);
                assertEquals(
                        20,
                        textsOf(stream).size()
                                + bob.heardTexts("during the drain").size(),
                        "each exactly once: before or after the move");
            }
            assertEquals(143, stopped.join(), right::said);
        }
    }

    private static boolean isDrain(JsonObject frame) {
        return frame.getJsonObject("ctl", new JsonObject()).containsKey("drain");
    }

    private static void createRoom(TestClient owner, String room) {
        owner.call(
                "createChannel",
                new JsonObject()
                        .put("id", room)
                        .put("name", room)
                        .put("memberIds", new JsonArray().add("bob").add("carol")));
    }

    private static void messagesCross(TestClient alice, TestClient bob) {
        for (int i = 0; i < 5; i++) {
            alice.sendText("general", "r" + i, "to the right " + i);
            bob.sendText("general", "l" + i, "to the left " + i);
        }
        for (int i = 0; i < 5; i++) {
            bob.awaitMessage("to the right " + i);
            alice.awaitMessage("to the left " + i);
        }
    }

    private static void presenceCrosses(TestClient alice, TestClient bob) {
        JsonObject watched = bob.call("watchPresence", new JsonObject().put("userIds", new JsonArray().add("alice")));
        assertEquals("alice", watched.getJsonArray("items").getJsonObject(0).getString("userId"));
        alice.call("setPresence", new JsonObject().put("state", "AWAY").put("status", "at lunch"));
        bob.awaitEvent(
                "presenceChanged",
                event -> event.getJsonArray("presences").stream()
                        .map(JsonObject.class::cast)
                        .anyMatch(presence -> "alice".equals(presence.getString("userId"))
                                && "AWAY".equals(presence.getString("state"))
                                && "at lunch".equals(presence.getString("status"))));
    }

    /** Where a client stands in every room, as a resume says it. */
    private static JsonArray positions(TestClient client) {
        return positions(client, ROOMS.toArray(String[]::new));
    }

    private static JsonArray positions(TestClient client, String... rooms) {
        JsonArray streams = new JsonArray();
        for (String room : rooms) {
            streams.add(new JsonObject().put("stream", "ch:" + room).put("since", client.position("ch:" + room)));
        }
        return streams;
    }

    private static JsonArray hello(TestClient bob, JsonArray resume) {
        return bob.call("hello", TestClient.hello(TestTokens.of("acme", "bob")).put("resume", resume))
                .getJsonArray("streams");
    }

    /** Says hello with the positions of the last events seen; what was missed comes with the answer. */
    private static void resume(TestClient bob, JsonArray seen) {
        JsonArray streams = hello(bob, seen);
        for (int i = 0; i < ROOMS.size(); i++) {
            JsonObject stream = streams.getJsonObject(i);
            assertTrue(stream.getBoolean("recovered", false), stream.encode());
            assertEquals(List.of("while bob is away: " + ROOMS.get(i)), textsOf(stream));
        }
    }

    private static List<String> textsOf(JsonObject stream) {
        return stream.getJsonArray("missed", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .filter(push -> push.containsKey("messageCreated"))
                .map(push -> push.getJsonObject("messageCreated")
                        .getJsonObject("message")
                        .getString("text"))
                .toList();
    }

    private static void offsetsAreDense(TestClient client, String room, int count) {
        List<Long> offsets =
                Messages.all(client, room).stream().map(Messages::offset).toList();
        long first = offsets.getFirst();
        assertEquals(LongStream.range(first, first + offsets.size()).boxed().toList(), offsets);
        assertEquals(count, offsets.size());
    }

    private ServerProcess node(String name, List<Integer> ports, int index, String database, TestRedis redis) {
        String members =
                String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList());
        return ServerProcess.launch(
                        folder.resolve(name),
                        Map.of(
                                "PARLEY_PG_URL", database,
                                "PARLEY_REDIS_URL", redis.url(),
                                "PARLEY_CLUSTER_MEMBERS", members),
                        "--http",
                        "0",
                        "--set",
                        "cluster.port=" + ports.get(index))
                .awaitReady();
    }

    /** Two ports that are free now; held open together so that they differ. */
    private static List<Integer> freePorts() throws IOException {
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return IntStream.of(first.getLocalPort(), second.getLocalPort())
                    .boxed()
                    .toList();
        }
    }
}
