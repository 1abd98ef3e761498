package io.parley.gateway.openapi;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.parley.gateway.contract.Api;
import io.parley.gateway.contract.ApiMethod;
import io.parley.schema.v1.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the OpenAPI 3.1 document of {@code service Api}: the same bytes for the same contract. */
public final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private final Comments comments = new Comments();
    private final Schemas schemas = new Schemas(comments);

    /** The document, indented for people and for diffs. */
    public String document() {
        Map<String, JsonObject> paths = new TreeMap<>();
        for (ApiMethod method : Api.contract().methods()) {
            if (method.isRest()) {
                paths.computeIfAbsent(method.route().getPath(), _ -> new JsonObject())
                        .put(method.route().getMethod().toLowerCase(Locale.ROOT), operation(method));
            }
        }
        JsonObject components = new JsonObject()
                .put("schemas", sorted(schemas.components()).put("Problem", Errors.problem()))
                .put("responses", Errors.responses())
                .put("headers", Errors.headers())
                .put(
                        "securitySchemes",
                        new JsonObject()
                                .put(
                                        "token",
                                        new JsonObject()
                                                .put("type", "http")
                                                .put("scheme", "bearer")
                                                .put(
                                                        "description",
                                                        "A JWT of your issuer, or the token of a guest session.")));
        return new JsonObject()
                .put("openapi", "3.1.0")
                .put("info", info())
                .put("servers", new JsonArray().add(new JsonObject().put("url", "/")))
                .put("security", new JsonArray().add(new JsonObject().put("token", new JsonArray())))
                .put("tags", tags())
                .put("paths", sorted(paths))
                .put("components", components)
                .encodePrettily();
    }

    private static JsonObject info() {
        return new JsonObject()
                .put("title", "Parley")
                .put("version", "1")
                .put(
                        "description",
                        "Real-time communication that an organisation runs itself. Everything live goes over"
                                + " the WebSocket `/v1/ws` (subprotocols `parley.v1.json`,"
                                + " `parley.v1.proto`), whose commands have the same names and"
                                + " messages as the operations here. 64-bit integers are strings."
                                + " Unknown fields are ignored.")
                .put("license", new JsonObject().put("name", "Apache-2.0").put("identifier", "Apache-2.0"));
    }

    private static JsonArray tags() {
        JsonArray tags = new JsonArray();
        for (Route.Domain domain : List.of(Route.Domain.GATEWAY, Route.Domain.CHAT, Route.Domain.PRESENCE)) {
            tags.add(new JsonObject().put("name", tag(domain)));
        }
        return tags;
    }

    private static String tag(Route.Domain domain) {
        return domain == Route.Domain.GATEWAY ? "session" : domain.name().toLowerCase(Locale.ROOT);
    }

    private JsonObject operation(ApiMethod method) {
        Set<String> inPath = new HashSet<>();
        Matcher names = PARAMETER.matcher(method.route().getPath());
        while (names.find()) {
            inPath.add(names.group(1));
        }
        JsonArray parameters = parameters(method, inPath);
        String comment = comments.of(method.descriptor());
        JsonObject operation = new JsonObject()
                .put("operationId", lowerFirst(method.name()))
                .put("tags", new JsonArray().add(tag(method.route().getDomain())))
                .put("summary", comment);
        String about = comments.of(method.input().getDescriptorForType());
        if (!about.isEmpty()) {
            operation.put("description", about);
        }
        operation.put("x-rate-limit-class", method.route().getClass_().name().toLowerCase(Locale.ROOT));
        if (method.route().getPublic()) {
            operation.put("security", new JsonArray());
        }
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        JsonObject body = schemas.object(method.input().getDescriptorForType(), inPath);
        body.remove("description");
        if (method.takesBody() && !body.getJsonObject("properties").isEmpty()) {
            relaxKey(method, body);
            operation.put(
                    "requestBody",
                    new JsonObject()
                            .put("required", body.containsKey("required"))
                            .put("content", json(body, Examples.of(body, schemas.components()))));
        }
        return operation.put("responses", responses(method));
    }

    /** The header Idempotency-Key may stand for the client id of a message. */
    private static void relaxKey(ApiMethod method, JsonObject body) {
        JsonArray required = body.getJsonArray("required");
        if (method.name().equals("SendMessage") && required != null) {
            required.remove("clientId");
            if (required.isEmpty()) {
                body.remove("required");
            }
        }
    }

    private JsonArray parameters(ApiMethod method, Set<String> inPath) {
        JsonArray parameters = new JsonArray();
        for (FieldDescriptor field : method.input().getDescriptorForType().getFields()) {
            String name = field.getJsonName();
            boolean path = inPath.contains(name);
            if (path || !method.takesBody()) {
                JsonObject schema = schemas.property(field);
                Object description = schema.remove("description");
                JsonObject parameter = new JsonObject().put("name", name).put("in", path ? "path" : "query");
                if (description != null) {
                    parameter.put("description", description);
                }
                boolean required = path || schema.containsKey("minItems");
                parameters.add(parameter.put("required", required).put("schema", schema));
            }
        }
        if (method.route().getEffect()) {
            parameters.add(
                    header("Idempotency-Key", "Repeats with the same key within 24 h get the first answer again."));
        }
        if (method.input().getDescriptorForType().findFieldByName("version") != null) {
            parameters.add(header("If-Match", "The ETag of the version that is changed; * = any."));
        }
        return parameters;
    }

    private static JsonObject header(String name, String description) {
        return new JsonObject()
                .put("name", name)
                .put("in", "header")
                .put("required", false)
                .put("description", description)
                .put("schema", new JsonObject().put("type", "string").put("maxLength", 128));
    }

    private JsonObject responses(ApiMethod method) {
        JsonObject schema = schemas.reference(method.output().getDescriptorForType());
        JsonObject example = Examples.of(schema, schemas.components());
        JsonObject responses = new JsonObject()
                .put(
                        Integer.toString(method.successStatus()),
                        new JsonObject()
                                .put("description", "Done")
                                .put("headers", Errors.headerReferences())
                                .put("content", json(schema, example)));
        Errors.statusesOf(method)
                .forEach(status ->
                        responses.put(status, new JsonObject().put("$ref", "#/components/responses/Problem" + status)));
        return responses;
    }

    private static JsonObject json(JsonObject schema, JsonObject example) {
        return new JsonObject()
                .put("application/json", new JsonObject().put("schema", schema).put("example", example));
    }

    private static JsonObject sorted(Map<String, JsonObject> entries) {
        JsonObject sorted = new JsonObject();
        entries.forEach(sorted::put);
        return sorted;
    }

    private static String lowerFirst(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
