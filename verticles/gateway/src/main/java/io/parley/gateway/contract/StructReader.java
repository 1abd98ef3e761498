package io.parley.gateway.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.parley.schema.Limits;
import java.io.IOException;

/** Reads custom fields, which may hold any JSON up to a depth. */
final class StructReader {
    private final JsonParser json;
    private final Violations violations;

    StructReader(JsonParser json, Violations violations) {
        this.json = json;
        this.violations = violations;
    }

    /** The parser stands on "{" and is left on the matching "}". */
    Struct readStruct(String path, int depth) throws IOException {
        Struct.Builder struct = Struct.newBuilder();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            struct.putFields(name, readValue(Violations.path(path, name), depth + 1));
        }
        return struct.build();
    }

    private Value readValue(String path, int depth) throws IOException {
        Value.Builder value = Value.newBuilder();
        if (json.currentToken().isStructStart() && depth > Limits.CUSTOM_DEPTH_MAX) {
            violations.add(path, "maxDepth", "at most " + Limits.CUSTOM_DEPTH_MAX + " levels");
            json.skipChildren();
            return value.setNullValue(NullValue.NULL_VALUE).build();
        }
        switch (json.currentToken()) {
            case START_OBJECT -> value.setStructValue(readStruct(path, depth));
            case START_ARRAY -> value.setListValue(readList(path, depth));
            case VALUE_STRING -> value.setStringValue(json.getText());
            case VALUE_TRUE -> value.setBoolValue(true);
            case VALUE_FALSE -> value.setBoolValue(false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> value.setNumberValue(json.getDoubleValue());
            default -> value.setNullValue(NullValue.NULL_VALUE);
        }
        return value.build();
    }

    private ListValue readList(String path, int depth) throws IOException {
        ListValue.Builder list = ListValue.newBuilder();
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            list.addValues(readValue(Violations.item(path, i), depth + 1));
        }
        return list.build();
    }
}
