package io.parley.gateway.contract;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import io.parley.schema.v1.OptionsProto;
import io.parley.schema.v1.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Checks a message against the {@code Rules} of its fields. The rules of a type are compiled once. Thread-safe. */
public final class Validator {
    private static final Map<Descriptor, List<FieldCheck>> CHECKS = new ConcurrentHashMap<>();

    private Validator() {}

    /** Adds what is wrong; paths begin with {@code path}, empty for the whole request. */
    public static void check(MessageOrBuilder message, String path, Violations violations) {
        for (FieldCheck check : checksOf(message.getDescriptorForType())) {
            checkField(message, check, Violations.path(path, check.field().getJsonName()), violations);
        }
    }

    private static List<FieldCheck> checksOf(Descriptor type) {
        List<FieldCheck> known = CHECKS.get(type); // computeIfAbsent would lock, and types nest
        if (known == null) {
            known = type.getFields().stream().map(FieldCheck::of).toList();
            CHECKS.put(type, known);
        }
        return known;
    }

    private static void checkField(MessageOrBuilder message, FieldCheck check, String path, Violations violations) {
        FieldDescriptor field = check.field();
        if (field.isRepeated()) {
            checkList(message, check, path, violations);
        } else if (isAbsent(message, field)) {
            if (check.rules().getRequired()) {
                violations.add(path, "required", "must be given");
            } else if (!field.hasPresence()) {
                check.checkNumber(message.getField(field), path, violations);
            }
        } else {
            checkValue(message.getField(field), check, path, violations);
        }
    }

    /** A field that stands at its default, or was not set where that can be told. */
    private static boolean isAbsent(MessageOrBuilder message, FieldDescriptor field) {
        if (field.hasPresence() && !message.hasField(field)) {
            return true;
        }
        Rules rules = field.getOptions().getExtension(OptionsProto.rules);
        boolean mayBeDefault = field.hasPresence() && !rules.getRequired();
        return !mayBeDefault
                && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
                && message.getField(field).equals(field.getDefaultValue());
    }

    private static void checkList(MessageOrBuilder message, FieldCheck check, String path, Violations violations) {
        FieldDescriptor field = check.field();
        int size = message.getRepeatedFieldCount(field);
        if (size == 0 && check.rules().getRequired()) {
            violations.add(path, "required", "must be given");
            return;
        }
        if (!check.checkCount(size, path, violations)) {
            return; // items of a list that is too long are not looked at: the work is bounded
        }
        var seen = new HashSet<>();
        for (int i = 0; i < size; i++) {
            Object item = message.getRepeatedField(field, i);
            checkValue(item, check, Violations.item(path, i), violations);
            if (check.rules().getUniqueItems() && !seen.add(item)) {
                violations.add(Violations.item(path, i), "uniqueItems", "no value twice");
            }
        }
    }

    private static void checkValue(Object value, FieldCheck check, String path, Violations violations) {
        switch (value) {
            case String text -> check.checkText(text, path, violations);
            case com.google.protobuf.Struct custom -> CustomCheck.check(custom, check.rules(), path, violations);
            case com.google.protobuf.Timestamp _ -> {
                // Anything that was read is a time.
            }
            case Message inner -> check(inner, path, violations);
            default -> check.checkNumber(value, path, violations);
        }
    }
}
