package io.parley.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.testkit.TestRedis;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rate limits are one truth over all gateways. */
@ExtendWith(TestRedis.class)
class LimitsIT {
    /** So slow that nothing is refilled while the test runs. */
    private static final String FIFTY = "1/3600s burst 50";

    @Test
    void twoGatewaysGrantExactlyOneBurst(TestRedis redis) {
        try (var one = TestGateway.start(redis, "limits.read", FIFTY);
                var two = TestGateway.start(redis, "limits.read", FIFTY)) {
            List<Future<HttpResponse<Buffer>>> answers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                answers.add(one.as("limited", HttpMethod.GET, "/v1/me").send());
                answers.add(two.as("limited", HttpMethod.GET, "/v1/me").send());
            }
            Future.all(answers).await();
            assertEquals(
                    50,
                    answers.stream()
                            .filter(answer -> answer.result().statusCode() == 200)
                            .count());
            var refused = one.as("limited", HttpMethod.GET, "/v1/me").send().await();
            assertEquals(429, refused.statusCode());
            assertEquals("RATE_LIMITED", TestGateway.json(refused).getString("name"));
            JsonObject reply = two.connect("limited").call("getMe", new JsonObject());
            assertEquals("RATE_LIMITED", reply.getJsonObject("err").getString("name"));
        }
    }
}
