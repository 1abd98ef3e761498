package io.parley.gateway.contract;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.parley.schema.v1.OptionsProto;
import io.parley.schema.v1.Rules;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The compiled rules of one field. */
record FieldCheck(
        FieldDescriptor field, Rules rules, @Nullable Pattern pattern) {

    static FieldCheck of(FieldDescriptor field) {
        Rules rules = field.getOptions().getExtension(OptionsProto.rules);
        return new FieldCheck(field, rules, rules.getPattern().isEmpty() ? null : Pattern.compile(rules.getPattern()));
    }

    void checkText(String text, String path, Violations violations) {
        if (!Texts.isWellFormed(text)) {
            violations.add(path, "text", "well-formed Unicode without NUL");
            return;
        }
        int points = text.codePointCount(0, text.length());
        if (rules.getMaxLength() > 0 && points > rules.getMaxLength()) {
            violations.add(path, "maxLength", "at most " + rules.getMaxLength() + " characters");
        } else if (points < rules.getMinLength()) {
            violations.add(path, "minLength", "at least " + rules.getMinLength() + " characters");
        } else if (rules.getMaxBytes() > 0 && text.getBytes(StandardCharsets.UTF_8).length > rules.getMaxBytes()) {
            violations.add(path, "maxBytes", "at most " + rules.getMaxBytes() + " bytes");
        } else if (pattern != null && !pattern.matcher(text).matches()) {
            violations.add(path, "pattern", pattern.pattern());
        }
    }

    /** Enums must be known: a value of a newer contract cannot be honoured. */
    void checkNumber(Object value, String path, Violations violations) {
        if (value instanceof EnumValueDescriptor chosen) {
            if (chosen.getIndex() < 0 || field.getEnumType().findValueByNumber(chosen.getNumber()) == null) {
                violations.add(path, "enum", Scalars.allowed(field));
            }
            return;
        }
        boolean bounded = rules.getMin() != 0 || rules.getMax() != 0;
        if (!bounded || !(value instanceof Number number)) {
            return;
        }
        long magnitude =
                value instanceof Integer word && isUnsigned() ? Integer.toUnsignedLong(word) : number.longValue();
        boolean aboveLong = isUnsigned() && value instanceof Long && magnitude < 0;
        if (magnitude < rules.getMin() && !aboveLong) {
            violations.add(path, "min", "at least " + rules.getMin());
        } else if (aboveLong || magnitude > rules.getMax()) {
            violations.add(path, "max", "at most " + rules.getMax());
        }
    }

    /** False when the list is too long. */
    boolean checkCount(int size, String path, Violations violations) {
        if (rules.getMaxItems() > 0 && size > rules.getMaxItems()) {
            violations.add(path, "maxItems", "at most " + rules.getMaxItems() + " items");
            return false;
        } else if (size > 0 && size < rules.getMinItems()) {
            violations.add(path, "minItems", "at least " + rules.getMinItems() + " items");
        }
        return true;
    }

    private boolean isUnsigned() {
        return switch (field.getType()) {
            case UINT32, FIXED32, UINT64, FIXED64 -> true;
            default -> false;
        };
    }
}
