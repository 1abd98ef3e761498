package io.parley.app.acceptance;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.schema.v1.ErrorCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A store stops, or freezes, under a running server: whoever needs it is told so and when to come back, everybody else
 * goes on, sockets stay, monitors see which store it is, and all is well again once the store is, without a restart.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreOutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Sends without an answer when the store goes. */
    private static final int UNDER_WAY = 50;

    private static final Set<String> OUTAGE = Set.of("UNAVAILABLE", "TIMEOUT");

    /** What happens to a store. */
    enum Outage {
        /** It refuses connections. */
        STOPPED,
        /** It keeps its connections, takes new ones, and answers nothing. */
        FROZEN;

        void begin(OwnStore store) throws IOException {
            switch (this) {
                case STOPPED -> store.stop();
                case FROZEN -> Signals.freeze(store.pids());
            }
        }

        void end(OwnStore store) throws IOException {
            switch (this) {
                case STOPPED -> store.start();
                case FROZEN -> Signals.thaw(store.pids());
            }
        }
    }

    private OwnStore.@Nullable Postgres postgres;
    private OwnStore.@Nullable Redis redis;
    private @Nullable ServerProcess server;
    private int sent;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        postgres = new OwnStore.Postgres(folder.resolve("pg"));
        redis = new OwnStore.Redis(folder.resolve("redis"));
        server = ServerProcess.launch(
                        folder.resolve("data"),
                        Map.of("PARLEY_PG_URL", postgres.url(), "PARLEY_REDIS_URL", redis.url()),
                        "--http",
                        "0")
                .awaitReady();
        try (TestClient alice = TestClient.connect(server.url(), "alice")) {
            JsonArray members = new JsonArray().add("bob");
            alice.call(
                    "createChannel",
                    new JsonObject().put("id", "general").put("name", "General").put("memberIds", members));
        }
    }

    @AfterAll
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        if (redis != null) {
            redis.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutPostgresChatIsUnavailable_presenceGoesOn_andNothingAcknowledgedIsLost(Outage outage)
            throws IOException {
        OwnStore store = requireNonNull(postgres);
        try (TestClient alice = TestClient.connect(url(), "alice");
                TestClient bob = TestClient.connect(url(), "bob")) {
            bob.subscribe("ch:general");
            String before = say(alice);
            bob.awaitMessage(before);

            UnderWay sends = UnderWay.post(alice, "general", "m" + sent++, UNDER_WAY);
            outage.begin(store);
            readinessNames("postgres");
            String refused = "m" + sent++;
            unavailable(alice.answer("sendMessage", message(refused)));
            unavailable(alice.answer("getHistory", channel()));
            unavailable(alice.answer(
                    "createChannel", new JsonObject().put("id", "x" + sent).put("name", "X")));
            unavailable(bob.answer("subscribe", new JsonObject().put("stream", "me:bob")));
            unavailableOverRest("/v1/channels/general/messages");
            alice.call("setPresence", new JsonObject().put("state", "AWAY"));
            try (TestClient late = TestClient.connect(url(), "bob")) {
                assertTrue(late.isOpen(), "who comes now is let in");
            }

            outage.end(store);
            ready();
            sends.replies().forEach(reply -> answered(reply.join()));
            succeeds(alice, "sendMessage", message(refused));
            sends.repeatedAllAreKeptOnce(alice);
            String after = say(alice);
            bob.awaitMessage(after);
            Stream.concat(sends.texts().stream(), Stream.of(before, refused, after))
                    .forEach(text -> assertEquals(List.of(text), heard(bob, text), "heard once"));
            assertTrue(alice.isOpen() && bob.isOpen(), "the sockets are the same as before");
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutRedisPresenceIsUnavailable_andChatGoesOn(Outage outage) throws IOException {
        OwnStore store = requireNonNull(redis);
        try (TestClient alice = TestClient.connect(url(), "alice");
                TestClient bob = TestClient.connect(url(), "bob")) {
            bob.subscribe("ch:general");
            JsonArray watched = new JsonArray().add("alice");
            bob.call("watchPresence", new JsonObject().put("userIds", watched));

            outage.begin(store);
            readinessNames("redis");
            unavailable(alice.answer("setPresence", new JsonObject().put("state", "AWAY")));
            unavailable(alice.answer("queryPresence", new JsonObject().put("userIds", watched)));
            var guest = new TestRest(url()).request("POST", "/v1/guests", "", Optional.of(new JsonObject()));
            unavailable(new JsonObject().put("err", guest.json()));
            bob.awaitMessage(say(alice));
            try (TestClient late = TestClient.connect(url(), "carol")) {
                late.call("listChannels", new JsonObject());
            }

            outage.end(store);
            ready();
            String status = "back " + outage;
            succeeds(alice, "setPresence", new JsonObject().put("state", "AWAY").put("status", status));
            bob.awaitEvent(
                    "presenceChanged",
                    event -> event.getJsonArray("presences").stream()
                            .map(JsonObject.class::cast)
                            .anyMatch(presence -> status.equals(presence.getString("status"))));
            bob.awaitMessage(say(alice));
            assertTrue(alice.isOpen() && bob.isOpen(), "the sockets are the same as before");
        }
    }

    private static void answered(JsonObject reply) {
        if (!reply.containsKey("ok")) {
            unavailable(reply);
        }
    }

    private static List<String> heard(TestClient who, String text) {
        return who.heardTexts(text).stream().filter(text::equals).toList();
    }

    private String say(TestClient who) {
        String text = "m" + sent++;
        who.call("sendMessage", message(text));
        return text;
    }

    /** Its client id is its text, so that the same is never stored twice. */
    private static JsonObject message(String text) {
        return channel().put("clientId", text).put("text", text);
    }

    private static JsonObject channel() {
        return new JsonObject().put("channelId", "general");
    }

    private static void unavailable(JsonObject reply) {
        JsonObject error = requireNonNull(reply.getJsonObject("err"), reply::encode);
        assertTrue(OUTAGE.contains(error.getString("name")), error::encode);
        assertEquals(ErrorCode.valueOf(error.getString("name")).getNumber(), error.getInteger("code"));
        assertEquals("AFTER", error.getString("retry"));
        assertTrue(error.getInteger("afterMs", 0) > 0, error::encode);
    }

    private void unavailableOverRest(String path) {
        var answer = new TestRest(url()).request("GET", path, TestTokens.of("acme", "alice"), Optional.empty());
        assertTrue(Set.of(503, 504).contains(answer.status()), answer.body());
        unavailable(new JsonObject().put("err", answer.json()));
        assertTrue(answer.response().headers().firstValueAsLong("Retry-After").orElse(0) > 0);
    }

    /** The client does as it is told: it asks again until the server serves. */
    private static void succeeds(TestClient who, String command, JsonObject input) {
        await().atMost(PATIENCE).until(() -> {
            JsonObject reply = who.answer(command, input);
            answered(reply);
            return reply.containsKey("ok");
        });
    }

    private void readinessNames(String store) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var health = new TestRest(url()).get("/health/ready");
            assertEquals(503, health.status(), health.body());
            JsonObject parts = health.json().getJsonObject("parts");
            parts.forEach(part -> assertEquals(
                    part.getKey().equals(store) ? "unavailable" : "ready", part.getValue(), part.getKey()));
            assertTrue(parts.containsKey(store), parts::encode);
        });
        assertEquals(200, new TestRest(url()).get("/health/live").status(), "no reason to kill the server");
    }

    private void ready() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertEquals(
                        200, new TestRest(url()).get("/health/ready").status()));
    }

    private String url() {
        return requireNonNull(server).url();
    }
}
