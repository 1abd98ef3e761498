package io.parley.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.schema.Limits;
import io.parley.testkit.TestRedis;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How many sockets and requests somebody gets, and how a socket ends that goes beyond (R46, R47). */
@ExtendWith(TestRedis.class)
class SocketLimitsIT {
    private static final String SWEEP = "gateway.sweep";
    private static final String OFTEN = "50ms";

    @Test
    void aSilentClientIsGoneAfterTwoLostHeartbeats(TestRedis redis) {
        try (var gateway = TestGateway.start(redis, SWEEP, OFTEN, "gateway.heartbeat-active", "10s")) {
            TestSocket silent = gateway.connect("sam");
            TestSocket pinging = gateway.connect("pia");
            gateway.clock.advance(Duration.ofSeconds(20));
            pinging.text("{\"ctl\":{\"ping\":{\"n\":1}}}");
            assertTrue(pinging.next().getJsonObject("ctl").containsKey("pong"));
            gateway.clock.advance(Duration.ofSeconds(6)); // 26 s of silence for one, 6 s for the other
            assertEquals(4008, silent.closeCode());
            pinging.text("{\"ctl\":{\"ping\":{\"n\":2}}}");
            assertTrue(pinging.next().getJsonObject("ctl").containsKey("pong"));
        }
    }

    @Test
    void aUserHoldsSoManySocketsAndANodeSoMany(TestRedis redis) {
        try (var gateway = TestGateway.start(redis, "gateway.sockets-per-user", "2", "gateway.sockets-max", "3")) {
            gateway.connect("una");
            gateway.connect("una");
            TestSocket third = gateway.socket("parley.v1.json");
            JsonObject refused = third.hello(gateway.token("una"));
            assertEquals("CONNECTION_LIMIT", refused.getJsonObject("err").getString("name"));
            assertEquals(4529, third.closeCode());
            gateway.awaitSockets(2);
            gateway.connect("other");
            var full = gateway.request(HttpMethod.GET, "/v1/ws")
                    .putHeader("Connection", "Upgrade")
                    .putHeader("Upgrade", "websocket")
                    .putHeader("Sec-WebSocket-Version", "13")
                    .putHeader("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
                    .putHeader("Sec-WebSocket-Protocol", "parley.v1.json")
                    .send()
                    .await();
            assertEquals(503, full.statusCode());
            assertEquals("OVERLOADED", TestGateway.json(full).getString("name"));
        }
    }

    @Test
    void theNewestSocketOfADeviceReplacesTheOneBefore(TestRedis redis) {
        try (var gateway = TestGateway.start(redis)) {
            TestSocket before = helloOfDevice(gateway, "phone");
            TestSocket tablet = helloOfDevice(gateway, "tablet");
            TestSocket after = helloOfDevice(gateway, "phone");
            assertEquals(4203, before.closeCode());
            assertTrue(after.call("getLimits", new JsonObject()).containsKey("ok"));
            assertTrue(tablet.call("getLimits", new JsonObject()).containsKey("ok"));
        }
    }

    private static TestSocket helloOfDevice(TestGateway gateway, String device) {
        TestSocket socket = gateway.socket("parley.v1.json");
        int id = socket.send(
                "hello",
                new JsonObject()
                        .put("token", gateway.token("dan"))
                        .put("protocol", 1)
                        .put("client", "test/1")
                        .put("deviceId", device));
        assertTrue(socket.reply(id).containsKey("ok"));
        return socket;
    }

    @Test
    void whoGoesOnAfterManyRefusalsIsCutOff(TestRedis redis) {
        try (var gateway = TestGateway.start(redis)) {
            TestSocket rude = gateway.connect("rudi");
            for (int i = 0; i <= Limits.ABUSE_REFUSALS_MAX; i++) {
                rude.send("sing", new JsonObject());
            }
            assertEquals(4529, rude.closeCode());
        }
    }

    @Test
    void aTenantHasLimitsOfItsOwn(TestRedis redis) {
        try (var gateway = TestGateway.start(redis, "limits.tenants", "small.read=1/3600s burst 2")) {
            String small = gateway.tokenFor("small", "tim", Duration.ofHours(1));
            String large = gateway.tokenFor("large", "tim", Duration.ofHours(1));
            for (int i = 0; i < 2; i++) {
                assertEquals(200, me(gateway, small).statusCode());
            }
            var refused = me(gateway, small);
            assertEquals(429, refused.statusCode());
            assertTrue(Long.parseLong(TestGateway.header(refused, "Retry-After")) > 1_000, "an hour per token");
            assertEquals(200, me(gateway, large).statusCode());
        }
    }

    private static HttpResponse<Buffer> me(TestGateway gateway, String token) {
        return gateway.request(HttpMethod.GET, "/v1/me")
                .bearerTokenAuthentication(token)
                .send()
                .await();
    }

    @Test
    void anAddressMakesSoManyGuestsAndOnlyATrustedProxyNamesAnother(TestRedis redis) {
        String limit = "1/3600s burst 2";
        try (var trusting = TestGateway.start(
                        redis, "limits.guest", limit, "http.trusted-proxies", "127.0.0.0/8,10.0.0.0/8");
                var alone = TestGateway.start(redis, "limits.guest", limit)) {
            assertEquals(201, guest(trusting, "203.0.113.7"));
            assertEquals(
                    201, guest(trusting, "198.51.100.1, 203.0.113.7")); // what the client wrote itself counts nothing
            assertEquals(429, guest(trusting, "203.0.113.7, 10.1.2.3"));
            assertEquals(201, guest(trusting, "203.0.113.8"));
            assertEquals(201, guest(alone, "203.0.113.9"));
            assertEquals(201, guest(alone, "203.0.113.10"));
            assertEquals(429, guest(alone, "203.0.113.11"), "nobody's word is taken here: all are 127.0.0.1");
        }
    }

    private static int guest(TestGateway gateway, String forwardedFor) {
        return gateway.request(HttpMethod.POST, "/v1/guests")
                .putHeader("X-Forwarded-For", forwardedFor)
                .sendJsonObject(new JsonObject().put("name", "Gast"))
                .await()
                .statusCode();
    }
}
