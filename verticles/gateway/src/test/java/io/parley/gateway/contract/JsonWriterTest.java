package io.parley.gateway.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.parley.schema.v1.Frame;
import io.parley.schema.v1.Push;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our writer and protobuf's own printer agree on what every frame of the contract says. */
class JsonWriterTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEPTH_MAX = 7;
    private static final List<String> TEXTS = List.of(
            "", "plain", "\"quoted\\\"", "a\u0000\u001f\n\t\r b", "<b>&'", "ünïcödé", "漢字", "👩‍💻 𝄞", "\u2028");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void saysWhatTheReferenceSays(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            Message frame = anything(Frame.getDescriptor(), random, 0);
            JsonNode expected = JSON.readTree(JsonFormat.printer().print(frame));
            JsonNode written = JSON.readTree(JsonWriter.bytes(frame));
            assertTrue(
                    expected.equals(JsonWriterTest::compare, written),
                    () -> "seed %d: %s is not %s".formatted(seed, written, expected));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udc00b", "\ud800\ud800"})
    void aLoneSurrogateDoesNotBreakTheText(String text) throws Exception {
        Push push = Push.newBuilder().setStream(text).build();
        assertEquals(
                text.replace('\ud800', '?').replace('\udc00', '?'),
                JSON.readTree(JsonWriter.bytes(push)).get("stream").asText());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 1, -1, 0.1, 1e15, 9007199254740992.0, 1e300, -4.9e-324})
    void numbersOfCustomFieldsKeepTheirValue(double number) throws Exception {
        Struct custom = Struct.newBuilder()
                .putFields("n", Value.newBuilder().setNumberValue(number).build())
                .build();
        assertEquals(
                number == 0 ? 0 : number,
                JSON.readTree(JsonWriter.bytes(custom)).get("n").doubleValue());
    }

    /** 1 and 1.0 are one number. */
    private static int compare(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? Double.compare(one.doubleValue() + 0.0, other.doubleValue() + 0.0)
                : one.equals(other) ? 0 : 1;
    }

    /** A message with about half of its fields set, oneofs included. */
    private static Message anything(Descriptor type, Random random, int depth) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            boolean nested = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            if (random.nextBoolean() && !(nested && depth >= DEPTH_MAX)) {
                set(message, field, random, depth);
            }
        }
        return message.build();
    }

    private static void set(DynamicMessage.Builder message, FieldDescriptor field, Random random, int depth) {
        int count = field.isRepeated() ? random.nextInt(3) : 1;
        for (int i = 0; i < count; i++) {
            Object value = value(field, random, depth);
            if (field.isRepeated()) {
                message.addRepeatedField(field, value);
            } else {
                message.setField(field, value);
            }
        }
    }

    private static Object value(FieldDescriptor field, Random random, int depth) {
        return switch (field.getJavaType()) {
            case INT -> random.nextBoolean() ? random.nextInt() : 0;
            case LONG -> random.nextBoolean() ? random.nextLong() : 0L;
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
            case BYTE_STRING -> ByteString.copyFromUtf8(TEXTS.get(random.nextInt(TEXTS.size())));
            case ENUM ->
                field.getEnumType()
                        .getValues()
                        .get(random.nextInt(field.getEnumType().getValues().size()));
            case MESSAGE -> message(field.getMessageType(), random, depth + 1);
        };
    }

    private static Message message(Descriptor type, Random random, int depth) {
        return switch (type.getFullName()) {
            case "google.protobuf.Timestamp" ->
                Timestamp.newBuilder()
                        .setSeconds(random.nextLong(-62_135_596_800L, 253_402_300_800L))
                        .setNanos(random.nextBoolean() ? 0 : random.nextInt(1_000_000_000))
                        .build();
            case "google.protobuf.Struct" -> custom(random, 0);
            case "google.protobuf.Duration" -> Duration.getDefaultInstance();
            default -> anything(type, random, depth);
        };
    }

    private static Struct custom(Random random, int depth) {
        Struct.Builder custom = Struct.newBuilder();
        TEXTS.stream()
                .filter(_ -> random.nextInt(3) == 0)
                .forEach(name -> custom.putFields(name, customValue(random, depth)));
        return custom.build();
    }

    private static Value customValue(Random random, int depth) {
        Value.Builder value = Value.newBuilder();
        switch (random.nextInt(depth > 2 ? 4 : 6)) {
            case 0 -> value.setNullValue(NullValue.NULL_VALUE);
            case 1 -> value.setBoolValue(random.nextBoolean());
            case 2 -> value.setNumberValue(random.nextBoolean() ? random.nextInt() : random.nextGaussian());
            case 3 -> value.setStringValue(TEXTS.get(random.nextInt(TEXTS.size())));
            case 4 -> value.setStructValue(custom(random, depth + 1));
            default ->
                value.setListValue(ListValue.newBuilder()
                        .addValues(customValue(random, depth + 1))
                        .addValues(customValue(random, depth + 1)));
        }
        return value.build();
    }
}
