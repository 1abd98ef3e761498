package io.parley.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedInputStream;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.Frame;
import io.parley.schema.v1.GetLimits;
import io.parley.schema.v1.Hello;
import io.parley.testkit.TestRedis;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main paths through a gateway: REST and both kinds of sockets. */
@ExtendWith(TestRedis.class)
class GatewayIT {
    private TestGateway gateway;

    @BeforeEach
    void start(TestRedis redis) {
        gateway = TestGateway.start(redis, "auth.leeway", "5m");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aRouteTakesPathBodyAndTokenToItsDomain() {
        var response = gateway.as("alice", HttpMethod.POST, "/v1/channels/room-1/messages")
                .sendJsonObject(new JsonObject().put("clientId", "c1").put("text", "hi"))
                .await();
        assertEquals(201, response.statusCode(), response.bodyAsString());
        assertEquals("hi", TestGateway.json(response).getJsonObject("message").getString("text"));
        var command = gateway.domains.asked.remove();
        assertEquals("alice", command.getCaller().getUserId());
        assertEquals("room-1", command.getCmd().getSendMessage().getChannelId());
        assertTrue(
                TestGateway.header(response, "RateLimit").startsWith("\"user\";r="),
                TestGateway.header(response, "RateLimit"));
        assertTrue(TestGateway.header(response, "Parley-Request-Id").startsWith("req_"));
    }

    @Test
    void aJsonSocketSaysHelloAndCommands() {
        TestSocket socket = gateway.socket("parley.v1.json");
        JsonObject hello =
                socket.hello(gateway.token("alice")).getJsonObject("ok").getJsonObject("hello");
        assertEquals("from chat", hello.getJsonObject("user").getString("name"));
        assertEquals(20_000, hello.getInteger("heartbeatMs"));
        JsonObject sent = socket.call(
                "sendMessage",
                new JsonObject().put("channelId", "r").put("clientId", "c").put("text", "hi"));
        assertEquals(
                "hi",
                sent.getJsonObject("ok")
                        .getJsonObject("sendMessage")
                        .getJsonObject("message")
                        .getString("text"));
        JsonObject subscribed = socket.call("subscribe", new JsonObject().put("stream", "ch:r"));
        assertEquals(
                "e1",
                subscribed
                        .getJsonObject("ok")
                        .getJsonObject("subscribe")
                        .getJsonObject("position")
                        .getString("epoch"));
    }

    @Test
    void aProtobufSocketBatchesFramesBothWays() throws IOException {
        TestSocket socket = gateway.socket("parley.v1.proto");
        var out = new ByteArrayOutputStream();
        frame(Cmd.newBuilder()
                        .setId(1)
                        .setHello(Hello.newBuilder()
                                .setToken(gateway.token("bob"))
                                .setProtocol(1)))
                .writeDelimitedTo(out);
        frame(Cmd.newBuilder().setId(2).setGetLimits(GetLimits.getDefaultInstance()))
                .writeDelimitedTo(out);
        socket.binary(Buffer.buffer(out.toByteArray()));
        int replies = 0;
        for (int id = 1; replies < 2; ) {
            CodedInputStream in =
                    CodedInputStream.newInstance(socket.nextMessage().getBytes());
            while (!in.isAtEnd()) {
                Frame frame = Frame.parseFrom(in.readByteArray());
                assertEquals(id++, frame.getReply().getId());
                assertTrue(frame.getReply().hasOk(), frame.toString());
                replies++;
            }
        }
    }

    @Test
    void whatIsLeftOfATokenDoesNotCountTheLeeway() {
        TestSocket fresh = gateway.socket("parley.v1.json");
        int left = ttl(fresh.hello(gateway.tokenFor("default", "alice", Duration.ofMinutes(5))), "hello");
        assertTrue(left > 0 && left <= 300_000, left + " ms");
        String past = gateway.tokenFor("default", "alice", Duration.ofSeconds(-1)); // still believed, by the leeway
        assertEquals(1, ttl(gateway.socket("parley.v1.json").hello(past), "hello"));
        assertEquals(1, ttl(fresh.call("refresh", new JsonObject().put("token", past)), "refresh"));
    }

    private static int ttl(JsonObject reply, String result) {
        assertTrue(reply.containsKey("ok"), reply::encode);
        return reply.getJsonObject("ok").getJsonObject(result).getInteger("tokenTtlMs");
    }

    @Test
    void aGuestGetsATokenThatWorks() {
        var made = gateway.request(HttpMethod.POST, "/v1/guests")
                .sendJsonObject(new JsonObject().put("name", "Zoe"))
                .await();
        assertEquals(201, made.statusCode(), made.bodyAsString());
        String token = TestGateway.json(made).getString("token");
        var me = gateway.request(HttpMethod.GET, "/v1/me")
                .bearerTokenAuthentication(token)
                .send()
                .await();
        assertEquals(200, me.statusCode(), me.bodyAsString());
        var command = gateway.domains.asked.remove();
        assertTrue(command.getCaller().getGuest());
        assertEquals("Zoe", command.getCaller().getName());
    }

    private static Frame frame(Cmd.Builder cmd) {
        return Frame.newBuilder().setCmd(cmd).build();
    }
}
