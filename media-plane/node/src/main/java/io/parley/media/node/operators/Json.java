package io.parley.media.node.operators;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes records, collections and maps of them as JSON, for people and scripts that look into a node. */
public final class Json {
    private Json() {}

    public static String of(@Nullable Object value) {
        var text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(@Nullable Object value, StringBuilder text) {
        switch (value) {
            case null -> text.append("null");
            case Double number when !Double.isFinite(number) -> text.append("null");
            case Number number -> text.append(number);
            case Boolean flag -> text.append(flag);
            case Collection<?> all -> list(all, text);
            case Map<?, ?> fields -> map(fields, text);
            case Record fields -> object(fields, text);
            default -> string(value.toString(), text);
        }
    }

    private static void list(Collection<?> all, StringBuilder text) {
        text.append('[');
        String separator = "";
        for (var each : all) {
            text.append(separator);
            write(each, text);
            separator = ",";
        }
        text.append(']');
    }

    private static void map(Map<?, ?> fields, StringBuilder text) {
        text.append('{');
        String separator = "";
        for (var field : fields.entrySet()) {
            text.append(separator);
            string(String.valueOf(field.getKey()), text);
            text.append(':');
            write(field.getValue(), text);
            separator = ",";
        }
        text.append('}');
    }

    private static void object(Record fields, StringBuilder text) {
        text.append('{');
        String separator = "";
        for (var field : fields.getClass().getRecordComponents()) {
            text.append(separator);
            string(field.getName(), text);
            text.append(':');
            write(read(fields, field), text);
            separator = ",";
        }
        text.append('}');
    }

    private static @Nullable Object read(Record fields, RecordComponent field) {
        try {
            return field.getAccessor().invoke(fields);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a public record hides " + field.getName(), impossible);
        }
    }

    private static void string(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
