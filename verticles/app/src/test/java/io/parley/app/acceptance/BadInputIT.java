package io.parley.app.acceptance;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command over the WebSocket and every REST route with everything that can be wrong with it, made from the
 * contract: a new command is tested by existing. The answer is the catalogue's error, the socket stays, nothing
 * changes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    private static final String PLENTY = "1000000/60s burst 1000000";
    private @Nullable ServerProcess server;
    private @Nullable Scene scene;

    @BeforeAll
    void start(@TempDir Path folder) {
        List<String> settings = new ArrayList<>();
        Stream.of("user", "read", "write", "send", "signal", "auth", "address")
                .forEach(limit -> settings.addAll(List.of("--set", "limits." + limit + "=" + PLENTY)));
        server = ServerProcess.up(folder.resolve("data"), settings.toArray(String[]::new));
        scene = new Scene(server.url());
    }

    @AfterAll
    void stop() {
        if (scene != null) {
            scene.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /** A way to ask: the WebSocket or REST. Gives the error as it was told, and the HTTP status of its code. */
    private interface Asking {
        JsonObject error(MethodDescriptor method, JsonObject input);
    }

    @TestFactory
    Stream<DynamicTest> onTheSocket() {
        return Contract.methods().stream()
                .filter(method -> !Contract.route(method).getRestOnly())
                .filter(method -> !method.getName().equals("Hello"))
                .flatMap(method -> fieldCases(method, this::onOwnersSocket, false));
    }

    @TestFactory
    Stream<DynamicTest> overRest() {
        return Contract.methods().stream()
                .filter(BadInputIT::isRest)
                .flatMap(method -> fieldCases(method, this::asOwnerOverRest, true));
    }

    private Stream<DynamicTest> fieldCases(MethodDescriptor method, Asking asking, boolean rest) {
        return method.getInputType().getFields().stream()
                .flatMap(field -> BadValues.of(field).stream()
                        .filter(bad -> !rest || canTravel(method, field, bad))
                        .map(bad -> dynamicTest(
                                method.getName() + "." + field.getJsonName() + " " + bad.name(),
                                () -> refusedForItsField(method, field, bad, asking))));
    }

    /** A path cannot lack a part, and a query knows no types: there some mistakes cannot be made. */
    private static boolean canTravel(MethodDescriptor method, FieldDescriptor field, BadValues.BadValue bad) {
        boolean isText = field.getJavaType() == FieldDescriptor.JavaType.STRING;
        if (Contract.isInPath(method, field)) {
            return bad.value() instanceof String text
                    && !text.contains("/")
                    && !bad.name().equals("far too long");
        }
        if (Contract.isInQuery(method, field)) {
            boolean isTyped = bad.value() instanceof JsonObject || bad.name().equals("wrong type");
            boolean isNull = bad.name().equals("null in the list");
            boolean tooLongForALine = bad.name().equals("far too long");
            return !(isText && isTyped) && !isNull && !tooLongForALine;
        }
        return true;
    }

    @TestFactory
    Stream<DynamicTest> aLineThatIsFarTooLongIsToldSo() {
        return Contract.methods().stream()
                .filter(BadInputIT::isRest)
                .flatMap(method -> method.getInputType().getFields().stream()
                        .filter(field -> Contract.isInPath(method, field) || Contract.isInQuery(method, field))
                        .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.STRING && !field.isRepeated())
                        .map(field -> dynamicTest(method.getName() + "." + field.getJsonName(), () -> {
                            JsonObject input = valid(method).put(field.getJsonName(), "a".repeat(20_000));
                            JsonObject error = unchanged(() -> asOwnerOverRest(method, input));
                            assertEquals("PAYLOAD_TOO_LARGE", error.getString("name"), error.encode());
                        })));
    }

    private void refusedForItsField(
            MethodDescriptor method, FieldDescriptor field, BadValues.BadValue bad, Asking asking) {
        JsonObject input = Contract.validInput(method, scene());
        if (bad.value() == null) {
            input.remove(field.getJsonName());
        } else {
            input.put(field.getJsonName(), bad.value());
        }
        JsonObject error = unchanged(() -> asking.error(method, input));
        assertEquals("INVALID_REQUEST", error.getString("name"), error.encode());
        boolean named = error.getJsonArray("violations", new JsonArray()).stream()
                .map(violation -> ((JsonObject) violation).getString("field"))
                .anyMatch(path -> path.matches(field.getJsonName() + "([.\\[].*)?"));
        assertTrue(named, "violations name " + field.getJsonName() + ": " + error.encode());
    }

    @TestFactory
    Stream<DynamicTest> whoMayNotKnowOfTheChannelHearsThatThereIsNone() {
        return withChannel()
                .flatMap(method -> Stream.of(
                        dynamicTest(method.getName() + " as an outsider, on the socket", () -> {
                            JsonObject error = unchanged(() -> onSocketOf(Scene.OUTSIDER, method, valid(method)));
                            assertEquals("CHANNEL_NOT_FOUND", error.getString("name"), error.encode());
                        }),
                        dynamicTest(method.getName() + " as a foreigner, on the socket", () -> {
                            JsonObject error = unchanged(() -> onSocketOf(Scene.FOREIGNER, method, valid(method)));
                            assertEquals("CHANNEL_NOT_FOUND", error.getString("name"), error.encode());
                        }),
                        dynamicTest(method.getName() + " of an unknown channel, on the socket", () -> {
                            JsonObject input = valid(method).put("channelId", "nowhere");
                            JsonObject error = unchanged(() -> onOwnersSocket(method, input));
                            assertEquals("CHANNEL_NOT_FOUND", error.getString("name"), error.encode());
                        })));
    }

    @TestFactory
    Stream<DynamicTest> restHidesTheChannelToo() {
        return withChannel()
                .filter(BadInputIT::isRest)
                .flatMap(method -> Stream.of(
                                new String[] {"acme", Scene.OUTSIDER}, new String[] {"globex", Scene.FOREIGNER})
                        .map(who -> dynamicTest(method.getName() + " as " + who[1], () -> {
                            String token = TestTokens.of(who[0], who[1]);
                            JsonObject error = unchanged(() -> overRest(token, method, valid(method)));
                            assertEquals("CHANNEL_NOT_FOUND", error.getString("name"), error.encode());
                        })));
    }

    /** A public channel may be looked at and joined; all else is for members. */
    @TestFactory
    Stream<DynamicTest> aPublicChannelAnswersNonMembersThatTheyAreNone() {
        return withChannel()
                .filter(method -> !Set.of("GetChannel", "JoinChannel").contains(method.getName()))
                .map(method -> dynamicTest(method.getName(), () -> {
                    JsonObject input = valid(method).put("channelId", Scene.SQUARE);
                    JsonObject error = unchanged(() -> onSocketOf(Scene.OUTSIDER, method, input));
                    assertEquals("NOT_A_MEMBER", error.getString("name"), error.encode());
                }));
    }

    @TestFactory
    Stream<DynamicTest> anUnknownMessageIsNotFound() {
        return withChannel()
                .filter(method -> Contract.has(method, "message_id"))
                .map(method -> dynamicTest(method.getName(), () -> {
                    JsonObject input = valid(method).put("messageId", "01ARZ3NDEKTSV4RRFFQ69G5FAV");
                    JsonObject error = unchanged(() -> onOwnersSocket(method, input));
                    assertEquals("MESSAGE_NOT_FOUND", error.getString("name"), error.encode());
                }));
    }

    @TestFactory
    Stream<DynamicTest> streamsOfOthersAreClosed() {
        var streams = Stream.of("ch:" + Scene.ROOM, "ch:nowhere", "me:" + Scene.OWNER, "call:" + Scene.CALL, "call:x");
        return Stream.concat(streams, Stream.of("match:x"))
                .map(stream -> dynamicTest(stream, () -> {
                    MethodDescriptor subscribe = method("Subscribe");
                    JsonObject input = new JsonObject().put("stream", stream);
                    for (String user : List.of(Scene.OUTSIDER, Scene.FOREIGNER)) {
                        JsonObject error = unchanged(() -> onSocketOf(user, subscribe, input));
                        assertTrue(
                                Set.of("CHANNEL_NOT_FOUND", "STREAM_NOT_FOUND", "ROOM_NOT_FOUND", "FORBIDDEN")
                                        .contains(error.getString("name")),
                                error.encode());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> restAsksForAGoodToken() {
        record Case(String name, String token, String error) {}
        List<Case> cases = List.of(
                new Case("no token", "", "TOKEN_MISSING"),
                new Case("nonsense", "nonsense", "TOKEN_INVALID"),
                new Case(
                        "a forged token",
                        TestTokens.of("acme", "alice", Duration.ofHours(1), "another-secret-0123456789-abcdefgh-xyz"),
                        "TOKEN_INVALID"),
                new Case(
                        "an expired token",
                        TestTokens.of("acme", "alice", Duration.ofHours(-1), TestTokens.SECRET),
                        "TOKEN_EXPIRED"));
        return Contract.methods().stream()
                .filter(BadInputIT::isRest)
                .filter(method -> !Contract.route(method).getPublic())
                .flatMap(method -> cases.stream()
                        .map(bad -> dynamicTest(method.getName() + " with " + bad.name(), () -> {
                            JsonObject error = unchanged(() -> overRest(bad.token(), method, valid(method)));
                            assertEquals(bad.error(), error.getString("name"), error.encode());
                        })));
    }

    @TestFactory
    Stream<DynamicTest> nothingIsServedBeforeHello() {
        return Contract.methods().stream()
                .filter(method -> !Contract.route(method).getRestOnly())
                .filter(method -> !method.getName().equals("Hello"))
                .map(method -> dynamicTest(method.getName(), () -> {
                    try (TestClient stranger = TestClient.silent(server().url())) {
                        JsonObject error = unchanged(() -> onSocket(stranger, method, valid(method)));
                        assertEquals("HELLO_REQUIRED", error.getString("name"), error.encode());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> aBadHelloIsRefusedWithItsReason() {
        MethodDescriptor hello = method("Hello");
        return hello.getInputType().getFields().stream()
                .flatMap(field -> BadValues.of(field).stream()
                        .map(bad -> dynamicTest(field.getJsonName() + " " + bad.name(), () -> {
                            try (TestClient stranger = TestClient.silent(server().url())) {
                                JsonObject error = refusedHello(stranger, field, bad);
                                assertTrue(
                                        Set.of("INVALID_REQUEST", "TOKEN_MISSING", "TOKEN_INVALID")
                                                .contains(error.getString("name")),
                                        error.encode());
                            }
                        })));
    }

    private JsonObject refusedHello(TestClient stranger, FieldDescriptor field, BadValues.BadValue bad) {
        JsonObject input = TestClient.hello(TestTokens.of("acme", Scene.OWNER));
        if (bad.value() == null) {
            input.remove(field.getJsonName());
        } else {
            input.put(field.getJsonName(), bad.value());
        }
        return unchanged(() -> onSocket(stranger, method("Hello"), input));
    }

    private static boolean isRest(MethodDescriptor method) {
        return !Contract.route(method).getMethod().isEmpty();
    }

    private static Stream<MethodDescriptor> withChannel() {
        return Contract.methods().stream().filter(method -> Contract.has(method, "channel_id"));
    }

    private static MethodDescriptor method(String name) {
        return Contract.methods().stream()
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonObject valid(MethodDescriptor method) {
        return Contract.validInput(method, scene());
    }

    private JsonObject onOwnersSocket(MethodDescriptor method, JsonObject input) {
        return onSocket(scene().owner, method, input);
    }

    /** On a connection of its own, so that no case is judged by what others did before. */
    private JsonObject onSocketOf(String user, MethodDescriptor method, JsonObject input) {
        try (TestClient client = TestClient.connect(server().url(), Scene.tenantOf(user), user)) {
            return onSocket(client, method, input);
        }
    }

    private static JsonObject onSocket(TestClient client, MethodDescriptor method, JsonObject input) {
        JsonObject reply = client.answer(Contract.command(method), input);
        JsonObject error = reply.getJsonObject("err");
        assertNotNull(error, "refused, not answered with " + reply);
        assertTrue(!client.hasSaidHello() || client.isOpen(), "the socket stays");
        return fromTheCatalogue(error);
    }

    private JsonObject asOwnerOverRest(MethodDescriptor method, JsonObject input) {
        return overRest(TestTokens.of("acme", Scene.OWNER), method, input);
    }

    private JsonObject overRest(String token, MethodDescriptor method, JsonObject input) {
        Contract.RestCall call = Contract.rest(method, input);
        var answer = new TestRest(server().url()).request(call.method(), call.path(), token, call.body());
        assertTrue(answer.status() >= 400 && answer.status() < 500, answer.status() + " " + answer.body());
        assertEquals(
                Optional.of("application/problem+json"),
                answer.response().headers().firstValue("Content-Type"));
        JsonObject problem = fromTheCatalogue(answer.json());
        assertEquals(answer.status(), problem.getInteger("code") / 100);
        assertEquals(answer.status(), problem.getInteger("status"));
        return problem;
    }

    private static JsonObject fromTheCatalogue(JsonObject error) {
        ErrorCode known = ErrorCode.forNumber(error.getInteger("code"));
        assertNotNull(known, "a code of the catalogue: " + error);
        assertEquals(known.name(), error.getString("name"));
        assertTrue(error.getInteger("code") < 50_000, "the caller's fault, not the server's: " + error);
        return error;
    }

    private interface Attempt {
        JsonObject run();
    }

    private JsonObject unchanged(Attempt attempt) {
        List<Object> before = scene().state();
        JsonObject error = attempt.run();
        assertEquals(before, scene().state(), "nothing changed");
        return error;
    }

    private Scene scene() {
        return requireNonNull(scene);
    }

    private ServerProcess server() {
        return requireNonNull(server);
    }
}
