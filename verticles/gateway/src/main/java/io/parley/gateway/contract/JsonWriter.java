package io.parley.gateway.contract;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.ListValue;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Writes a message as canonical proto3 JSON, without spaces, as UTF-8. Every event goes through here once, and a page
 * of history is 50 of them: protobuf's own printer took more of the gateway's time than all of its other work together.
 * A writer writes one document.
 *
 * <p>Fields with presence are written when set, others when they are not their default; 64-bit integers are strings.
 * The order of fields is that of their numbers, members of a oneof last.
 */
public final class JsonWriter {
    /** What is known of a type beforehand. */
    private record Plan(List<Field> fields, List<OneofDescriptor> oneofs, Map<FieldDescriptor, Field> members) {}

    /** A field and its name as it is written: {@code "name":}. */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    private record Field(FieldDescriptor descriptor, byte[] name) {}

    private static final Map<Descriptor, Plan> PLANS = new ConcurrentHashMap<>();

    private static final double EXACT_BELOW = 1L << 53;

    private final JsonBytes out = new JsonBytes();

    private JsonWriter() {}

    /** The message as JSON text in UTF-8. */
    public static byte[] bytes(Message message) {
        JsonWriter writer = new JsonWriter();
        writer.message(message);
        return writer.out.toBytes();
    }

    /** The same as a string. */
    public static String text(Message message) {
        return new String(bytes(message), StandardCharsets.UTF_8);
    }

    private static Plan planOf(Descriptor type) {
        Plan known = PLANS.get(type);
        return known != null ? known : PLANS.computeIfAbsent(type, JsonWriter::plan);
    }

    private static Plan plan(Descriptor type) {
        List<Field> all = type.getFields().stream()
                .sorted()
                .map(field -> new Field(field, ('"' + field.getJsonName() + "\":").getBytes(StandardCharsets.UTF_8)))
                .toList();
        return new Plan(
                all.stream()
                        .filter(field -> field.descriptor().getRealContainingOneof() == null)
                        .toList(),
                type.getRealOneofs(),
                all.stream()
                        .filter(field -> field.descriptor().getRealContainingOneof() != null)
                        .collect(Collectors.toUnmodifiableMap(Field::descriptor, field -> field)));
    }

    private void message(Message message) {
        switch (message) {
            case Timestamp time -> out.time(time.getSeconds(), time.getNanos());
            case Struct struct -> struct(struct);
            case Value value -> value(value);
            case ListValue list -> list(list);
            default -> object(message);
        }
    }

    private void object(Message message) {
        Plan plan = planOf(message.getDescriptorForType());
        out.open('{');
        for (Field field : plan.fields()) {
            if (isThere(message, field.descriptor())) {
                member(message, field);
            }
        }
        for (OneofDescriptor oneof : plan.oneofs()) {
            FieldDescriptor set = message.getOneofFieldDescriptor(oneof);
            if (set != null) {
                member(message, Objects.requireNonNull(plan.members().get(set)));
            }
        }
        out.close('}');
    }

    private static boolean isThere(Message message, FieldDescriptor field) {
        return field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field);
    }

    private void member(Message message, Field field) {
        FieldDescriptor descriptor = field.descriptor();
        out.name(field.name());
        if (descriptor.isMapField()) {
            map(message, descriptor);
        } else if (descriptor.isRepeated()) {
            out.open('[');
            for (Object item : (List<?>) message.getField(descriptor)) {
                out.next();
                value(descriptor, item);
            }
            out.close(']');
        } else {
            value(descriptor, message.getField(descriptor));
        }
    }

    private void map(Message message, FieldDescriptor field) {
        FieldDescriptor valueField = field.getMessageType().findFieldByNumber(2);
        out.open('{');
        for (Object item : (List<?>) message.getField(field)) {
            MapEntry<?, ?> entry = (MapEntry<?, ?>) item;
            out.key(entry.getKey().toString());
            value(valueField, entry.getField(valueField));
        }
        out.close('}');
    }

    private void value(FieldDescriptor field, Object value) {
        switch (value) {
            case String text -> out.string(text);
            case Message message -> message(message);
            case Boolean truth -> out.ascii(truth ? "true" : "false");
            case EnumValueDescriptor constant -> constant(constant);
            case ByteString bytes -> out.quoted(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            case Integer number -> out.ascii(isUnsigned(field) ? Integer.toUnsignedString(number) : number.toString());
            case Long number -> out.quoted(isUnsigned(field) ? Long.toUnsignedString(number) : number.toString());
            case Float number -> number(number, number.toString());
            case Double number -> number(number);
            default -> throw new IllegalArgumentException("no JSON for " + field.getFullName());
        }
    }

    private static boolean isUnsigned(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, UINT64, FIXED32, FIXED64 -> true;
            default -> false;
        };
    }

    /** A constant that this program does not know is written as its number. */
    private void constant(EnumValueDescriptor constant) {
        if (constant.getIndex() < 0) {
            out.ascii(Integer.toString(constant.getNumber()));
        } else {
            out.quoted(constant.getName());
        }
    }

    /** Whole numbers that a double holds exactly are written without a fraction. */
    private void number(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < EXACT_BELOW && number != 0;
        number(number, whole ? Long.toString((long) number) : number == 0 ? "0" : Double.toString(number));
    }

    private void number(double number, String spelled) {
        if (Double.isFinite(number)) {
            out.ascii(spelled);
        } else {
            out.quoted(spelled);
        }
    }

    private void struct(Struct struct) {
        out.open('{');
        struct.getFieldsMap().forEach((name, value) -> {
            out.key(name);
            value(value);
        });
        out.close('}');
    }

    private void list(ListValue list) {
        out.open('[');
        for (Value value : list.getValuesList()) {
            out.next();
            value(value);
        }
        out.close(']');
    }

    private void value(Value value) {
        switch (value.getKindCase()) {
            case STRING_VALUE -> out.string(value.getStringValue());
            case NUMBER_VALUE -> number(value.getNumberValue());
            case BOOL_VALUE -> out.ascii(value.getBoolValue() ? "true" : "false");
            case STRUCT_VALUE -> struct(value.getStructValue());
            case LIST_VALUE -> list(value.getListValue());
            case NULL_VALUE, KIND_NOT_SET -> out.ascii("null");
        }
    }
}
