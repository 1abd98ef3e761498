package io.parley.gateway.contract;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.parley.schema.Limits;
import io.parley.schema.v1.Rules;

/** Bounds of custom fields: depth, well-formed text, finite numbers, bytes of their JSON form. */
final class CustomCheck {
    private CustomCheck() {}

    static void check(Struct custom, Rules rules, String path, Violations violations) {
        if (!isSound(custom, 1)) {
            violations.add(
                    path,
                    "custom",
                    "at most " + Limits.CUSTOM_DEPTH_MAX + " levels of well-formed text and finite numbers");
        } else if (rules.getMaxBytes() > 0 && JsonWriter.bytes(custom).length > rules.getMaxBytes()) {
            violations.add(path, "maxBytes", "at most " + rules.getMaxBytes() + " bytes as JSON");
        }
    }

    private static boolean isSound(Struct struct, int depth) {
        return depth <= Limits.CUSTOM_DEPTH_MAX
                && struct.getFieldsMap().entrySet().stream()
                        .allMatch(field -> Texts.isWellFormed(field.getKey()) && isSound(field.getValue(), depth + 1));
    }

    private static boolean isSound(ListValue list, int depth) {
        return depth <= Limits.CUSTOM_DEPTH_MAX
                && list.getValuesList().stream().allMatch(value -> isSound(value, depth + 1));
    }

    private static boolean isSound(Value value, int depth) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> Texts.isWellFormed(value.getStringValue());
            case NUMBER_VALUE -> Double.isFinite(value.getNumberValue());
            case STRUCT_VALUE -> isSound(value.getStructValue(), depth);
            case LIST_VALUE -> isSound(value.getListValue(), depth);
            case NULL_VALUE, BOOL_VALUE -> true;
            case KIND_NOT_SET -> false;
        };
    }
}
