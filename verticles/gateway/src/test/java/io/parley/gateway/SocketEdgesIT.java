package io.parley.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.schema.bus.v1.Publication;
import io.parley.schema.bus.v1.StreamKey;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.UserUpdated;
import io.parley.testkit.TestRedis;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What sockets do when clients, tokens or nodes misbehave. */
@ExtendWith(TestRedis.class)
class SocketEdgesIT {
    private TestGateway gateway;

    @BeforeEach
    void start(TestRedis redis) {
        gateway = TestGateway.start(
                redis,
                "gateway.sweep",
                "50ms",
                "auth.leeway",
                "0s",
                "limits.auth",
                "10000/60s",
                "gateway.drain-window",
                "300ms");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void whoSaysNothingIsSentAway() {
        TestSocket silent = gateway.socket("parley.v1.json");
        gateway.awaitSockets(1);
        gateway.clock.advance(Duration.ofSeconds(6));
        assertEquals(4202, silent.closeCode());
    }

    @Test
    void aHelloThatCameInTimeMayBeAnsweredLate() {
        Promise<Void> slowChat = Promise.promise();
        gateway.domains.gates.put("GetMe", slowChat);
        TestSocket socket = gateway.socket("parley.v1.json");
        int hello = socket.sendHello(gateway.token("alice"));
        await().atMost(TestGateway.PATIENCE).until(() -> !gateway.domains.asked.isEmpty());
        gateway.clock.advance(Duration.ofSeconds(6));
        TestSocket silent = gateway.socket("parley.v1.json");
        gateway.awaitSockets(2);
        gateway.clock.advance(Duration.ofSeconds(6));
        assertEquals(4202, silent.closeCode()); // so the deadlines were looked at
        slowChat.complete();
        assertTrue(socket.reply(hello).containsKey("ok"));
    }

    @Test
    void whoSpeaksBeforeHelloIsSentAway() {
        TestSocket socket = gateway.socket("parley.v1.json");
        assertEquals(
                "HELLO_REQUIRED",
                socket.call("getLimits", new JsonObject()).getJsonObject("err").getString("name"));
        assertEquals(4202, socket.closeCode());
    }

    @Test
    void aBadTokenClosesWithTheReason() {
        TestSocket expired = gateway.socket("parley.v1.json");
        JsonObject reply = expired.hello(gateway.tokenFor("default", "alice", Duration.ofMinutes(-1)));
        assertEquals("TOKEN_EXPIRED", reply.getJsonObject("err").getString("name"));
        assertEquals(4101, expired.closeCode());
    }

    @Test
    void binaryOnJsonAndBrokenJsonCloseTheSocket() {
        TestSocket binary = gateway.connect("alice");
        binary.binary(Buffer.buffer("{}"));
        assertEquals(4202, binary.closeCode());
        TestSocket broken = gateway.connect("alice");
        broken.text("{\"cmd\":");
        assertEquals("MALFORMED", broken.nextReply().getJsonObject("err").getString("name"));
        assertEquals(4202, broken.closeCode());
    }

    @Test
    void oddButLegalFramesAreUnderstood() {
        TestSocket socket = gateway.connect("alice");
        assertEquals(
                "HELLO_REPEATED",
                socket.hello(gateway.token("alice")).getJsonObject("err").getString("name"));
        socket.text("{\"cmd\":{\"id\":1,\"getLimits\":{}}}");
        assertEquals("BAD_COMMAND_ID", socket.nextReply().getJsonObject("err").getString("name"));
        socket.text("{\"cmd\":{\"id\":50,\"sing\":{}}}");
        assertEquals("UNKNOWN_COMMAND", socket.nextReply().getJsonObject("err").getString("name"));
        socket.socket.writeFrame(WebSocketFrame.textFrame("{\"ctl\":{\"pi", false));
        socket.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("ng\":{\"n\":9}}}"), true));
        assertEquals(9, socket.next().getJsonObject("ctl").getJsonObject("pong").getInteger("n"));
        socket.text("{\"cmd\":{\"id\":60,\"sendMessage\":{\"text\":\"" + "x".repeat(70_000) + "\"}}}");
        assertEquals(
                "PAYLOAD_TOO_LARGE", socket.nextReply().getJsonObject("err").getString("name"));
    }

    @Test
    void revocationEndsOpenSocketsAndTokens() {
        TestSocket socket = gateway.connect("rita");
        String token = gateway.token("rita");
        gateway.clock.advance(Duration.ofSeconds(1));
        var revoked = gateway.request(HttpMethod.POST, "/v1/sessions/revoke")
                .bearerTokenAuthentication(token)
                .sendJsonObject(new JsonObject())
                .await();
        assertEquals(200, revoked.statusCode(), revoked::bodyAsString);
        assertEquals(4102, socket.closeCode());
        var after = gateway.request(HttpMethod.GET, "/v1/me")
                .bearerTokenAuthentication(token)
                .send()
                .await();
        assertEquals("TOKEN_REVOKED", TestGateway.json(after).getString("name"));
    }

    @Test
    void aTokenThatRunsOutClosesItsSocketUnlessRefreshed() {
        TestSocket socket = gateway.connect("alice");
        TestSocket refreshed = gateway.connect("alice");
        String newer = gateway.tokenFor("default", "alice", Duration.ofHours(3));
        assertTrue(
                refreshed.call("refresh", new JsonObject().put("token", newer)).containsKey("ok"));
        assertEquals(
                "TOKEN_INVALID",
                refreshed
                        .call("refresh", new JsonObject().put("token", gateway.token("bob")))
                        .getJsonObject("err")
                        .getString("name"));
        gateway.clock.jumpWall(Duration.ofHours(2));
        assertEquals(4101, socket.closeCode());
        assertTrue(refreshed.call("getLimits", new JsonObject()).containsKey("ok"));
    }

    @Test
    void acknowledgementsReachChatAsTheFarthestOffset() throws InterruptedException {
        TestSocket socket = gateway.connect("alice");
        for (int offset : List.of(4, 7, 5)) {
            socket.text("""
                    {"ctl": {"ack": {"streams": [{"stream": "ch:r", "position": {"epoch": "e1", "offset": "%d"}},
                      {"stream": "me:alice", "position": {"epoch": "e1", "offset": "99"}}]}}}""".formatted(offset));
        }
        socket.call("getLimits", new JsonObject()); // answered after the three were read
        var item = Objects.requireNonNull(gateway.domains.delivered.poll(30, TimeUnit.SECONDS))
                .getItemsList()
                .getLast();
        assertEquals(
                "default alice r 7",
                String.join(
                        " ", item.getTenant(), item.getUserId(), item.getChannelId(), Long.toString(item.getOffset())));
    }

    @Test
    void pushesReachTheirSubscriber() {
        TestSocket socket = gateway.connect("alice");
        assertTrue(socket.call("subscribe", new JsonObject().put("stream", "me:alice"))
                .containsKey("ok"));
        gateway.node
                .publisher()
                .publish(List.of(Publication.newBuilder()
                        .setKey(StreamKey.newBuilder().setTenant("default").setStream("me:alice"))
                        .setPush(Push.newBuilder()
                                .setStream("me:alice")
                                .setUserUpdated(UserUpdated.getDefaultInstance()))
                        .build()));
        assertEquals("me:alice", socket.next().getJsonObject("push").getString("stream"));
    }

    @Test
    void drainTellsClientsAndTurnsReadinessOff() {
        TestSocket socket = gateway.connect("alice");
        assertEquals(
                200,
                gateway.request(HttpMethod.GET, "/health/ready").send().await().statusCode());
        var drained = gateway.role.drain();
        JsonObject drain = socket.next().getJsonObject("ctl").getJsonObject("drain");
        assertEquals(300, drain.getInteger("reconnectAfterMaxMs"));
        assertEquals(
                503,
                gateway.request(HttpMethod.GET, "/health/ready").send().await().statusCode());
        gateway.clock.advance(Duration.ofSeconds(1));
        drained.await();
        gateway.role.stop().await();
        assertEquals(4001, socket.closeCode());
    }
}
