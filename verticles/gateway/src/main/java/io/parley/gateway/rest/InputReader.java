package io.parley.gateway.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.parley.gateway.contract.ApiMethod;
import io.parley.gateway.contract.JsonReader;
import io.parley.gateway.contract.StrictJson;
import io.parley.gateway.contract.Violations;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Puts path, query and body together into the input of a method. */
final class InputReader {
    private final ApiMethod method;
    private final Message.Builder input;
    private final Violations violations = new Violations();

    InputReader(ApiMethod method) {
        this.method = method;
        this.input = method.input().newBuilderForType();
    }

    /** @throws Refusal MALFORMED when the body is no JSON object; what is wrong with values goes to the violations */
    InputReader body(Buffer body) {
        if (body.length() == 0) {
            return this;
        }
        try (JsonParser json = StrictJson.parser(body.getBytes())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw Refusal.of(ErrorCode.MALFORMED, "the body must be a JSON object");
            }
            new JsonReader(json, violations).read(input, "");
            if (json.nextToken() != null) {
                throw Refusal.of(ErrorCode.MALFORMED, "something follows the JSON object");
            }
            return this;
        } catch (IOException notJson) {
            throw Refusal.of(ErrorCode.MALFORMED, "the body is not JSON, or nests too deeply");
        }
    }

    /** Unknown parameters are ignored, like unknown fields. */
    InputReader query(MultiMap query) {
        for (String name : query.names()) {
            FieldDescriptor field = JsonReader.field(input.getDescriptorForType(), name);
            if (field != null) {
                JsonReader.fromText(input, field, query.getAll(name), violations);
            }
        }
        return this;
    }

    /** The path says what the request is about; a body that says otherwise is refused. */
    InputReader path(Map<String, String> parameters) {
        parameters.forEach((name, encoded) -> {
            FieldDescriptor field = JsonReader.field(input.getDescriptorForType(), name);
            if (field == null) {
                throw new IllegalStateException(method.name() + " has no field for {" + name + "}");
            }
            Object before = input.getField(field);
            input.clearField(field);
            JsonReader.fromText(input, field, List.of(decoded(encoded)), violations);
            if (!before.equals(field.getDefaultValue()) && !before.equals(input.getField(field))) {
                violations.conflict(name, "the same value as in the path");
            }
        });
        return this;
    }

    private static String decoded(String segment) {
        try {
            return QueryStringDecoder.decodeComponent(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            throw Refusal.of(ErrorCode.MALFORMED, "the path has a broken percent escape");
        }
    }

    Message.Builder input() {
        return input;
    }

    Violations violations() {
        return violations;
    }
}
