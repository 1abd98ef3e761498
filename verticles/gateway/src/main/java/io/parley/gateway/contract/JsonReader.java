package io.parley.gateway.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads canonical proto3 JSON into a message. Unlike protobuf's own parser it is strict JSON, goes on after a wrong
 * value, and says where each one is. Unknown fields are skipped, as the contract has it. A reader reads one document.
 */
public final class JsonReader {
    private static final Map<Descriptor, Map<String, FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();

    private final JsonParser json;
    private final Violations violations;

    public JsonReader(JsonParser json, Violations violations) {
        this.json = json;
        this.violations = violations;
    }

    /** The parser stands on "{" and is left on the matching "}". */
    public void read(Message.Builder into, String path) throws IOException {
        Map<String, FieldDescriptor> fields = fieldsOf(into.getDescriptorForType());
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            FieldDescriptor field = fields.get(json.currentName());
            JsonToken value = json.nextToken();
            if (field == null) {
                json.skipChildren();
            } else if (value != JsonToken.VALUE_NULL) {
                readField(into, field, Violations.path(path, field.getJsonName()));
            }
        }
    }

    /** Fields by JSON name and by original name: receivers take both. */
    static Map<String, FieldDescriptor> fieldsOf(Descriptor type) {
        return FIELDS.computeIfAbsent(type, _ -> {
            Map<String, FieldDescriptor> fields = new HashMap<>();
            type.getFields().forEach(field -> fields.put(field.getName(), field));
            type.getFields().forEach(field -> fields.put(field.getJsonName(), field));
            return Map.copyOf(fields);
        });
    }

    /** A field by one of its two names; null when there is none. */
    public static @Nullable FieldDescriptor field(Descriptor type, String name) {
        return fieldsOf(type).get(name);
    }

    /** Sets a field from values of a path or query. */
    public static void fromText(
            Message.Builder into, FieldDescriptor field, List<String> values, Violations violations) {
        String path = field.getJsonName();
        if (field.isMapField() || (!field.isRepeated() && values.size() > 1)) {
            violations.add(path, "type", "one value");
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            Optional<Object> value = Scalars.parse(field, values.get(i));
            if (value.isEmpty()) {
                violations.add(field.isRepeated() ? Violations.item(path, i) : path, "type", Scalars.allowed(field));
            } else if (field.isRepeated()) {
                into.addRepeatedField(field, value.get());
            } else {
                into.setField(field, value.get());
            }
        }
    }

    private void readField(Message.Builder into, FieldDescriptor field, String path) throws IOException {
        if (field.isMapField()) {
            violations.add(path, "type", "nothing: maps are only ever sent by the server");
            json.skipChildren();
        } else if (field.isRepeated()) {
            readList(into, field, path);
        } else if (field.getRealContainingOneof() != null && into.hasOneof(field.getRealContainingOneof())) {
            violations.add(path, "oneof", "one of them only");
            json.skipChildren();
        } else {
            readValue(into, field, path).ifPresent(value -> into.setField(field, value));
        }
    }

    private void readList(Message.Builder into, FieldDescriptor field, String path) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            violations.add(path, "type", "a list");
            json.skipChildren();
            return;
        }
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            readValue(into, field, Violations.item(path, i)).ifPresent(value -> into.addRepeatedField(field, value));
        }
    }

    private Optional<?> readValue(Message.Builder into, FieldDescriptor field, String path) throws IOException {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !Scalars.isTimestamp(field)) {
            return readMessage(into, field, path);
        }
        String text = spelling(field);
        Optional<Object> value = text == null ? Optional.empty() : Scalars.parse(field, text);
        if (value.isEmpty()) {
            violations.add(path, "type", Scalars.allowed(field));
            json.skipChildren();
        }
        return value;
    }

    private Optional<Message> readMessage(Message.Builder into, FieldDescriptor field, String path) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            violations.add(path, "type", "an object");
            json.skipChildren();
            return Optional.empty();
        }
        if (field.getMessageType().equals(Struct.getDescriptor())) {
            return Optional.of(new StructReader(json, violations).readStruct(path, 1));
        }
        Message.Builder inner = into.newBuilderForField(field);
        read(inner, path);
        return Optional.of(inner.buildPartial());
    }

    /** The value as text when its JSON type fits the field; numbers may be quoted, nothing else may change its type. */
    private @Nullable String spelling(FieldDescriptor field) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> field.getJavaType() == FieldDescriptor.JavaType.BOOLEAN ? null : json.getText();
            case VALUE_TRUE, VALUE_FALSE ->
                field.getJavaType() == FieldDescriptor.JavaType.BOOLEAN ? json.getText() : null;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                switch (field.getJavaType()) {
                    case INT, LONG, FLOAT, DOUBLE, ENUM -> json.getText();
                    case BOOLEAN, STRING, BYTE_STRING, MESSAGE -> null;
                };
            default -> null;
        };
    }
}
