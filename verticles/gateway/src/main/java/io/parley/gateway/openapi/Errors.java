package io.parley.gateway.openapi;

import io.parley.gateway.contract.ApiMethod;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The catalogue of errors as OpenAPI has it: one response per status, naming every code that it may carry. */
final class Errors {
    private static final List<String> HEADERS = List.of("Parley-Request-Id", "RateLimit", "RateLimit-Policy");

    private Errors() {}

    static JsonObject problem() {
        JsonObject text = new JsonObject().put("type", "string");
        JsonObject number = new JsonObject().put("type", "integer");
        JsonArray names = new JsonArray();
        codes().forEach(code -> names.add(code.name()));
        JsonObject violation = new JsonObject()
                .put("type", "object")
                .put(
                        "properties",
                        new JsonObject().put("field", text).put("rule", text).put("allowed", text));
        return new JsonObject()
                .put("type", "object")
                .put("description", "A refusal (RFC 9457). `name` is the stable key; `retry` says what to do next.")
                .put("required", new JsonArray(List.of("type", "title", "status", "code", "name", "instance", "retry")))
                .put(
                        "properties",
                        new JsonObject()
                                .put("type", text)
                                .put("title", text)
                                .put("status", number)
                                .put("code", number)
                                .put(
                                        "name",
                                        new JsonObject().put("type", "string").put("enum", names))
                                .put("detail", text)
                                .put("instance", text)
                                .put(
                                        "retry",
                                        new JsonObject()
                                                .put("type", "string")
                                                .put(
                                                        "enum",
                                                        new JsonArray(List.of(
                                                                "NEVER", "AFTER", "REFRESH", "RESUME", "RECONNECT"))))
                                .put("afterMs", number)
                                .put(
                                        "violations",
                                        new JsonObject().put("type", "array").put("items", violation)));
    }

    static JsonObject responses() {
        Map<Integer, List<ErrorCode>> byStatus =
                codes().stream().collect(Collectors.groupingBy(Errors::status, TreeMap::new, Collectors.toList()));
        JsonObject responses = new JsonObject();
        byStatus.forEach((status, codes) -> responses.put("Problem" + status, response(codes)));
        return responses;
    }

    private static JsonObject response(List<ErrorCode> codes) {
        JsonObject examples = new JsonObject();
        for (ErrorCode code : codes) {
            examples.put(
                    code.name(),
                    new JsonObject()
                            .put(
                                    "value",
                                    new JsonObject()
                                            .put("type", "urn:parley:error:" + code.name())
                                            .put("title", Refusal.meaning(code).getTitle())
                                            .put("status", status(code))
                                            .put("code", code.getNumber())
                                            .put("name", code.name())
                                            .put("instance", "req_4Jm0aQ0Zr8yKpV2x")
                                            .put(
                                                    "retry",
                                                    Refusal.meaning(code)
                                                            .getRetry()
                                                            .name())));
        }
        String description = codes.stream()
                .map(code -> "`" + code.name() + "` " + Refusal.meaning(code).getTitle())
                .collect(Collectors.joining("; "));
        return new JsonObject()
                .put("description", description)
                .put("headers", headerReferences())
                .put(
                        "content",
                        new JsonObject()
                                .put(
                                        "application/problem+json",
                                        new JsonObject()
                                                .put(
                                                        "schema",
                                                        new JsonObject().put("$ref", "#/components/schemas/Problem"))
                                                .put("examples", examples)));
    }

    static JsonObject headers() {
        JsonObject text = new JsonObject().put("type", "string");
        return new JsonObject()
                .put(
                        "Parley-Request-Id",
                        new JsonObject()
                                .put("description", "Names the request in the server's logs.")
                                .put("schema", text))
                .put(
                        "RateLimit",
                        new JsonObject()
                                .put("description", "What is left: draft-ietf-httpapi-ratelimit-headers-10.")
                                .put("schema", text))
                .put(
                        "RateLimit-Policy",
                        new JsonObject()
                                .put("description", "What applies: draft-ietf-httpapi-ratelimit-headers-10.")
                                .put("schema", text));
    }

    static JsonObject headerReferences() {
        JsonObject references = new JsonObject();
        HEADERS.forEach(name -> references.put(name, new JsonObject().put("$ref", "#/components/headers/" + name)));
        return references;
    }

    /** Statuses that a client of this method must be ready for. */
    static List<String> statusesOf(ApiMethod method) {
        List<String> statuses = new ArrayList<>(List.of("400", "403", "404", "409", "429", "500", "503", "504"));
        if (!method.route().getPublic()) {
            statuses.add("401");
        }
        if (method.takesBody()) {
            statuses.addAll(List.of("408", "413", "415"));
        }
        if (method.route().getEffect()) {
            statuses.add("422");
        }
        if (method.input().getDescriptorForType().findFieldByName("version") != null) {
            statuses.addAll(List.of("412", "428"));
        }
        return statuses.stream().sorted().toList();
    }

    private static List<ErrorCode> codes() {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code != ErrorCode.OK && code != ErrorCode.UNRECOGNIZED)
                .toList();
    }

    private static int status(ErrorCode code) {
        return code.getNumber() / 100;
    }
}
