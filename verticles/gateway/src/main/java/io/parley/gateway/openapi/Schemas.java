package io.parley.gateway.openapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import io.parley.schema.v1.OptionsProto;
import io.parley.schema.v1.Rules;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Messages of the contract as JSON Schema (2020-12); every message met becomes a component once. */
final class Schemas {
    private final Comments comments;
    private final Map<String, JsonObject> components = new TreeMap<>();

    Schemas(Comments comments) {
        this.comments = comments;
    }

    Map<String, JsonObject> components() {
        return components;
    }

    JsonObject reference(Descriptor type) {
        if (!components.containsKey(type.getName())) {
            components.put(type.getName(), new JsonObject()); // before its fields: types may nest themselves
            components.put(type.getName(), object(type, Set.of()));
        }
        return new JsonObject().put("$ref", "#/components/schemas/" + type.getName());
    }

    /** An object of all fields but those that travel elsewhere. */
    JsonObject object(Descriptor type, Set<String> without) {
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        for (FieldDescriptor field : type.getFields()) {
            if (!without.contains(field.getJsonName())) {
                properties.put(field.getJsonName(), property(field));
                if (rules(field).getRequired()) {
                    required.add(field.getJsonName());
                }
            }
        }
        JsonObject schema = described(new JsonObject().put("type", "object"), comments.of(type));
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    JsonObject property(FieldDescriptor field) {
        JsonObject schema;
        if (field.isMapField()) {
            FieldDescriptor value = field.getMessageType().findFieldByName("value");
            schema = new JsonObject().put("type", "object").put("additionalProperties", single(value));
        } else if (field.isRepeated()) {
            schema = new JsonObject().put("type", "array").put("items", single(field));
            Rules rules = rules(field);
            putPositive(schema, "minItems", rules.getMinItems() == 0 && rules.getRequired() ? 1 : rules.getMinItems());
            putPositive(schema, "maxItems", rules.getMaxItems());
            if (rules.getUniqueItems()) {
                schema.put("uniqueItems", true);
            }
        } else {
            schema = single(field);
        }
        return described(schema, comments.of(field));
    }

    private JsonObject single(FieldDescriptor field) {
        Rules rules = rules(field);
        return switch (field.getType()) {
            case STRING -> text(rules, field.isRepeated());
            case BOOL -> new JsonObject().put("type", "boolean");
            case UINT32, INT32, SINT32, FIXED32, SFIXED32 -> number(rules);
            case UINT64, INT64, SINT64, FIXED64, SFIXED64 ->
                new JsonObject().put("type", "string").put("format", "int64").put("pattern", "[0-9]+");
            case DOUBLE, FLOAT -> new JsonObject().put("type", "number");
            case BYTES -> new JsonObject().put("type", "string").put("contentEncoding", "base64");
            case ENUM -> {
                JsonArray names = new JsonArray();
                field.getEnumType().getValues().stream()
                        .map(EnumValueDescriptor::getName)
                        .forEach(names::add);
                yield new JsonObject().put("type", "string").put("enum", names);
            }
            case MESSAGE, GROUP -> message(field, rules);
        };
    }

    private JsonObject message(FieldDescriptor field, Rules rules) {
        Descriptor type = field.getMessageType();
        if (type.equals(Timestamp.getDescriptor())) {
            return new JsonObject().put("type", "string").put("format", "date-time");
        } else if (type.equals(Struct.getDescriptor())) {
            JsonObject custom = new JsonObject().put("type", "object").put("additionalProperties", true);
            putPositive(custom, "x-maxBytes", rules.getMaxBytes());
            return custom;
        }
        return reference(type);
    }

    private static JsonObject text(Rules rules, boolean item) {
        JsonObject schema = new JsonObject().put("type", "string");
        putPositive(
                schema,
                "minLength",
                rules.getMinLength() == 0 && rules.getRequired() && !item ? 1 : rules.getMinLength());
        putPositive(schema, "maxLength", rules.getMaxLength());
        putPositive(schema, "x-maxBytes", rules.getMaxBytes());
        if (!rules.getPattern().isEmpty()) {
            schema.put("pattern", "^(?:" + rules.getPattern() + ")$");
        }
        return schema;
    }

    private static JsonObject number(Rules rules) {
        JsonObject schema = new JsonObject().put("type", "integer").put("minimum", Math.max(0, rules.getMin()));
        putPositive(schema, "maximum", rules.getMax());
        return schema;
    }

    private static void putPositive(JsonObject schema, String name, long value) {
        if (value > 0) {
            schema.put(name, value);
        }
    }

    private static JsonObject described(JsonObject schema, String comment) {
        return comment.isEmpty() ? schema : schema.put("description", comment);
    }

    private static Rules rules(FieldDescriptor field) {
        return field.getOptions().getExtension(OptionsProto.rules);
    }
}
