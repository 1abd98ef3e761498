package io.parley.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.parley.gateway.contract.Api;
import io.parley.gateway.contract.ApiMethod;
import io.parley.schema.v1.OptionsProto;
import io.parley.schema.v1.Rules;
import io.parley.testkit.TestRedis;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever is wrong with a request, the catalogue has a name for it, and no domain hears of it. Driven by the contract.
 */
@ExtendWith(TestRedis.class)
class BadInputIT {
    private static TestGateway gateway;

    @BeforeAll
    static void start(TestRedis redis) {
        gateway = TestGateway.start(
                redis, "limits.user", "1000000/60s", "limits.auth", "1000000/60s", "limits.address", "1000000/60s");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static List<ApiMethod> routes() {
        return Api.contract().methods().stream()
                .filter(method -> method.isRest() && !method.route().getPublic())
                .toList();
    }

    private static HttpResponse<Buffer> send(ApiMethod method, String token, String body) {
        String path = method.route().getPath().replaceAll("\\{\\w+}", "x");
        var request = gateway.request(HttpMethod.valueOf(method.route().getMethod()), path)
                .putHeader("Content-Type", "application/json")
                .putHeader("If-Match", "*");
        if (!token.isEmpty()) {
            request.bearerTokenAuthentication(token);
        }
        return method.takesBody()
                ? request.sendBuffer(Buffer.buffer(body)).await()
                : request.send().await();
    }

    private static String name(HttpResponse<Buffer> response) {
        assertEquals("application/problem+json", TestGateway.header(response, "Content-Type"), response::bodyAsString);
        return TestGateway.json(response).getString("name");
    }

    @Test
    void noRouteLetsAnybodyInWithoutAGoodToken() {
        String expired = gateway.tokenFor("default", "alice", Duration.ofMinutes(-5));
        String foreign = gateway.token("alice").replaceFirst("\\.[^.]+$", ".AAAA");
        for (ApiMethod method : routes()) {
            assertEquals("TOKEN_MISSING", name(send(method, "", "{}")), method.name());
            assertEquals("TOKEN_EXPIRED", name(send(method, expired, "{}")), method.name());
            assertEquals("TOKEN_INVALID", name(send(method, foreign, "{}")), method.name());
        }
        assertTrue(gateway.domains.asked.isEmpty());
    }

    @Test
    void everyBodyThatIsNoObjectIsMalformed() {
        String token = gateway.token("alice");
        for (ApiMethod method : routes()) {
            if (method.takesBody()) {
                for (String body : List.of("[]", "{", "nul", "{\"a\":1,\"a\":2}", "{} {}", "{\"x\":\"\u0001\"}")) {
                    assertEquals("MALFORMED", name(send(method, token, body)), method.name() + " " + body);
                }
            }
        }
    }

    @Test
    void everyFieldOfEveryCommandIsHeldAgainstItsRulesOnTheSocket() {
        TestSocket socket = gateway.connect("alice");
        gateway.domains.asked.clear();
        List<String> wrong = new ArrayList<>();
        for (ApiMethod method : Api.contract().methods()) {
            if (method.command().isEmpty() || method.name().equals("Hello")) {
                continue;
            }
            String command = method.command().orElseThrow().getJsonName();
            for (FieldDescriptor field : method.input().getDescriptorForType().getFields()) {
                for (Object bad : badValues(field)) {
                    JsonObject input = new JsonObject().put(field.getJsonName(), bad);
                    JsonObject error = socket.call(command, input).getJsonObject("err");
                    if (error == null || !names(error, field.getJsonName())) {
                        wrong.add(command + "." + field.getJsonName() + " = " + bad + " -> " + error);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(gateway.domains.asked.isEmpty(), "a domain heard of a bad command");
    }

    private static boolean names(JsonObject error, String field) {
        return "INVALID_REQUEST".equals(error.getString("name"))
                && error.getJsonArray("violations").stream()
                        .map(JsonObject.class::cast)
                        .anyMatch(violation -> violation.getString("field").startsWith(field));
    }

    private static List<Object> badValues(FieldDescriptor field) {
        Rules rules = field.getOptions().getExtension(OptionsProto.rules);
        List<Object> bad = new ArrayList<>();
        if (field.isRepeated()) {
            bad.add("not a list");
            if (rules.getMaxItems() > 0 && field.getJavaType() == FieldDescriptor.JavaType.STRING) {
                JsonArray many = new JsonArray();
                for (int i = 0; i <= rules.getMaxItems(); i++) {
                    many.add("u" + i);
                }
                bad.add(many);
                bad.add(new JsonArray().add("same").add("same"));
            }
            return bad;
        }
        switch (field.getJavaType()) {
            case STRING -> {
                bad.add(7);
                bad.add(new JsonObject());
                bad.add("a\u0000b");
                if (rules.getMaxLength() > 0) {
                    bad.add("x".repeat(rules.getMaxLength() + 1));
                }
                if (rules.getMaxBytes() > 0) {
                    bad.add("é".repeat(rules.getMaxBytes() / 2 + 1));
                }
                if (rules.getPattern().contains("[A-Za-z0-9_.-]")) {
                    bad.add("a b/c");
                }
            }
            case INT, LONG -> {
                bad.add("many");
                bad.add(-1);
                bad.add(1.5);
                bad.add(new java.math.BigInteger("99999999999999999999"));
                if (rules.getMax() > 0) {
                    bad.add(rules.getMax() + 1);
                }
            }
            case BOOLEAN -> bad.addAll(List.of("true", 1));
            case ENUM -> bad.addAll(List.of("NO_SUCH_VALUE", 99));
            case MESSAGE -> bad.addAll(List.of("text", new JsonArray()));
            case FLOAT, DOUBLE, BYTE_STRING -> bad.add(new JsonObject());
        }
        return bad;
    }

    @Test
    void wrongAddressesMethodsAndMediaTypesAreNamed() {
        String token = gateway.token("alice");
        assertEquals(
                "NOT_FOUND",
                name(gateway.request(HttpMethod.GET, "/v1/nowhere").send().await()));
        var wrongMethod = gateway.request(HttpMethod.DELETE, "/v1/me").send().await();
        assertEquals("METHOD_NOT_ALLOWED", name(wrongMethod));
        assertEquals("GET, PATCH", TestGateway.header(wrongMethod, "Allow"));
        assertEquals(
                "UNSUPPORTED_MEDIA_TYPE",
                name(gateway.request(HttpMethod.PATCH, "/v1/me")
                        .bearerTokenAuthentication(token)
                        .putHeader("Content-Type", "text/plain")
                        .sendBuffer(Buffer.buffer("{}"))
                        .await()));
        assertEquals(
                "PAYLOAD_TOO_LARGE",
                name(gateway.request(HttpMethod.PATCH, "/v1/me")
                        .bearerTokenAuthentication(token)
                        .putHeader("Content-Type", "application/json")
                        .sendBuffer(Buffer.buffer("x".repeat((1 << 20) + 1)))
                        .await()));
        assertEquals(
                "MALFORMED",
                name(gateway.request(HttpMethod.GET, "/v1/channels/%zz")
                        .bearerTokenAuthentication(token)
                        .send()
                        .await()));
        assertEquals(
                "PRECONDITION_REQUIRED",
                name(gateway.request(HttpMethod.PATCH, "/v1/channels/r")
                        .bearerTokenAuthentication(token)
                        .sendJsonObject(new JsonObject().put("name", "n"))
                        .await()));
    }

    @Test
    void anEtagAnswersNotModified() {
        var first = gateway.as("alice", HttpMethod.GET, "/v1/channels/r").send().await();
        assertEquals("\"7\"", TestGateway.header(first, "ETag"), first::bodyAsString);
        var second = gateway.as("alice", HttpMethod.GET, "/v1/channels/r")
                .putHeader("If-None-Match", "\"7\"")
                .send()
                .await();
        assertEquals(304, second.statusCode());
        gateway.domains.asked.clear();
    }
}
