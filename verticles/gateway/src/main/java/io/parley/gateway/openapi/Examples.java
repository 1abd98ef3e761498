package io.parley.gateway.openapi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Makes an example from a schema, with values that fit the names of the fields. Nested a few levels only. */
final class Examples {
    private static final int DEPTH_MAX = 3;
    private static final String COMPONENTS = "#/components/schemas/";
    private static final Map<String, Object> BY_NAME = Map.ofEntries(
            Map.entry("text", "Good morning"),
            Map.entry("clientId", "01J9ZK6W6V0000000000000001"),
            Map.entry("userId", "alice"),
            Map.entry("userIds", "bob"),
            Map.entry("memberIds", "bob"),
            Map.entry("mentions", "bob"),
            Map.entry("name", "Alice"),
            Map.entry("topic", "What happens today"),
            Map.entry("type", "messaging"),
            Map.entry("role", "moderator"),
            Map.entry("kind", "👍"),
            Map.entry("epoch", "e1"),
            Map.entry("tenant", "default"),
            Map.entry("imageUrl", "https://example.org/alice.png"));

    private Examples() {}

    static JsonObject of(JsonObject schema, Map<String, JsonObject> components) {
        return (JsonObject) value("", schema, components, 0);
    }

    private static Object value(String name, JsonObject schema, Map<String, JsonObject> components, int depth) {
        String reference = schema.getString("$ref");
        if (reference != null) {
            return value(
                    name,
                    components.getOrDefault(reference.substring(COMPONENTS.length()), new JsonObject()),
                    components,
                    depth);
        }
        return switch (schema.getString("type", "object")) {
            case "array" -> new JsonArray().add(value(name, schema.getJsonObject("items"), components, depth));
            case "boolean" -> true;
            case "integer" -> schema.containsKey("maximum") ? Math.min(50, schema.getLong("maximum")) : 1;
            case "number" -> 1.5;
            case "string" -> text(name, schema);
            default -> object(schema, components, depth);
        };
    }

    private static JsonObject object(JsonObject schema, Map<String, JsonObject> components, int depth) {
        JsonObject example = new JsonObject();
        JsonObject properties = schema.getJsonObject("properties");
        if (properties != null && depth < DEPTH_MAX) {
            properties.forEach(property -> example.put(
                    property.getKey(),
                    value(property.getKey(), (JsonObject) property.getValue(), components, depth + 1)));
        }
        return example;
    }

    private static Object text(String name, JsonObject schema) {
        if (schema.containsKey("enum")) {
            return schema.getJsonArray("enum").getString(0);
        } else if ("date-time".equals(schema.getString("format"))) {
            return "2026-01-02T03:04:05.678Z";
        } else if ("int64".equals(schema.getString("format"))) {
            return "1189";
        }
        return BY_NAME.getOrDefault(name, name.endsWith("Id") || name.equals("id") ? "general" : "");
    }
}
