package io.parley.gateway.contract;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.ParseException;
import java.util.Base64;
import java.util.Optional;

/** Single values from their canonical proto3 JSON spelling, as text; empty when it is not one of the field's type. */
final class Scalars {
    private static final BigInteger UINT64_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    /** Longer numbers are nonsense, and arithmetic on them is an attack. */
    private static final int NUMBER_LENGTH_MAX = 32;

    private Scalars() {}

    static Optional<Object> parse(FieldDescriptor field, String text) {
        try {
            return switch (field.getType()) {
                case STRING -> Optional.of(text);
                case BOOL -> bool(text);
                case INT32, SINT32, SFIXED32 -> integer(text).map(BigInteger::intValueExact);
                case INT64, SINT64, SFIXED64 -> integer(text).map(BigInteger::longValueExact);
                case UINT32, FIXED32 ->
                    unsigned(text, BigInteger.valueOf(0xFFFF_FFFFL)).map(BigInteger::intValue);
                case UINT64, FIXED64 -> unsigned(text, UINT64_MAX).map(BigInteger::longValue);
                case DOUBLE -> Optional.of(Double.valueOf(text));
                case FLOAT -> Optional.of(Float.valueOf(text));
                case ENUM -> enumValue(field, text);
                case BYTES ->
                    Optional.of(ByteString.copyFrom(Base64.getDecoder().decode(text)));
                case MESSAGE -> timestamp(field, text);
                case GROUP -> Optional.empty();
            };
        } catch (ArithmeticException | IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    static String allowed(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> "a string";
            case BOOLEAN -> "true or false";
            case INT, LONG -> "a whole number in range";
            case FLOAT, DOUBLE -> "a number";
            case ENUM ->
                "one of "
                        + String.join(
                                ", ",
                                field.getEnumType().getValues().stream()
                                        .map(EnumValueDescriptor::getName)
                                        .toList());
            case BYTE_STRING -> "base64";
            case MESSAGE -> isTimestamp(field) ? "a time as in RFC 3339" : "an object";
        };
    }

    static boolean isTimestamp(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType().equals(Timestamp.getDescriptor());
    }

    private static Optional<Object> bool(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<BigInteger> integer(String text) {
        if (text.isEmpty() || text.length() > NUMBER_LENGTH_MAX) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(text);
        // An exponent such as 1e999999999 must not be written out.
        return number.signum() != 0 && number.precision() - (long) number.scale() > NUMBER_LENGTH_MAX
                ? Optional.empty()
                : Optional.of(number.signum() == 0 ? BigInteger.ZERO : number.toBigIntegerExact());
    }

    private static Optional<BigInteger> unsigned(String text, BigInteger max) {
        return integer(text).filter(number -> number.signum() >= 0 && number.compareTo(max) <= 0);
    }

    private static Optional<Object> enumValue(FieldDescriptor field, String text) {
        EnumValueDescriptor named = field.getEnumType().findValueByName(text);
        if (named != null) {
            return Optional.of(named);
        }
        return integer(text).map(number -> field.getEnumType().findValueByNumber(number.intValueExact()));
    }

    private static Optional<Object> timestamp(FieldDescriptor field, String text) {
        if (!isTimestamp(field)) {
            return Optional.empty();
        }
        try {
            Message parsed = Timestamps.parse(text);
            return Optional.of(parsed);
        } catch (ParseException notOne) {
            return Optional.empty();
        }
    }
}
