package io.parley.app.acceptance;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.parley.schema.v1.Rules;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Values that break exactly one rule of a field. */
final class BadValues {
    private static final List<String> STRANGE =
            List.of("no such thing!", "a b", "Ünïcode", "../etc/passwd", "' OR 1=1", "javascript:alert(1)", "x y:z");

    /**
     * @param name what is wrong with it
     * @param value what to put into the field; null = leave the field out
     */
    record BadValue(String name, @Nullable Object value) {}

    private BadValues() {}

    static List<BadValue> of(FieldDescriptor field) {
        Rules rules = Contract.rules(field);
        List<BadValue> bad = new ArrayList<>();
        if (rules.getRequired()) {
            bad.add(new BadValue("missing", null));
        }
        bad.add(new BadValue("wrong type", wrongType(field)));
        switch (field.getJavaType()) {
            case STRING -> badTexts(rules).forEach(text -> bad.add(listed(field, text)));
            case INT, LONG -> {
                bad.add(new BadValue("negative", -1));
                if (rules.getMax() > 0) {
                    bad.add(new BadValue("above max", rules.getMax() + 1));
                }
            }
            case ENUM -> bad.add(new BadValue("unknown name", "NO_SUCH_NAME"));
            case MESSAGE -> {
                if (rules.getMaxBytes() > 0) {
                    bad.add(new BadValue("too many bytes", new JsonObject().put("k", "x".repeat(rules.getMaxBytes()))));
                }
            }
            default -> {
                // Booleans have nothing but their type.
            }
        }
        if (field.isRepeated() && field.getJavaType() == FieldDescriptor.JavaType.STRING) {
            badLists(rules, bad);
        }
        return bad;
    }

    private static Object wrongType(FieldDescriptor field) {
        if (field.isRepeated()) {
            return new JsonObject().put("not", "a list");
        }
        return switch (field.getJavaType()) {
            case STRING, MESSAGE -> new JsonArray().add(7);
            default -> "not a " + field.getJavaType();
        };
    }

    private static BadValue listed(FieldDescriptor field, BadValue text) {
        return field.isRepeated() ? new BadValue(text.name(), new JsonArray().add(text.value())) : text;
    }

    private static List<BadValue> badTexts(Rules rules) {
        List<BadValue> bad = new ArrayList<>();
        if (rules.getMaxLength() > 0) {
            bad.add(new BadValue("too long", "a".repeat(rules.getMaxLength() + 1)));
            bad.add(new BadValue("far too long", "a".repeat(20_000)));
        }
        if (rules.getMaxBytes() > 0) {
            bad.add(new BadValue("too many bytes", "é".repeat(rules.getMaxBytes() / 2 + 1)));
        }
        bad.add(new BadValue("with NUL", "a\0b"));
        if (!rules.getPattern().isEmpty()) {
            Pattern allowed = Pattern.compile(rules.getPattern());
            STRANGE.stream()
                    .filter(text -> !allowed.matcher(text).matches())
                    .forEach(text -> bad.add(new BadValue("against the pattern: " + text, text)));
        }
        return bad;
    }

    private static void badLists(Rules rules, List<BadValue> bad) {
        if (rules.getMaxItems() > 0) {
            List<String> many = IntStream.rangeClosed(0, rules.getMaxItems())
                    .mapToObj(i -> "user" + i)
                    .toList();
            bad.add(new BadValue("too many items", new JsonArray(many)));
        }
        if (rules.getUniqueItems()) {
            bad.add(new BadValue("the same twice", new JsonArray().add("bob").add("bob")));
        }
        bad.add(new BadValue("null in the list", new JsonArray().addNull()));
    }
}
