package io.parley.gateway.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.parley.gateway.contract.ApiMethod;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.SendMessage;
import io.parley.schema.v1.UpdateChannel;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Headers that are part of the input: If-Match is its version, Idempotency-Key the client id of a message. */
final class Preconditions {
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    /** What a star means for a channel, which must be told a version; a message that is told none takes any. */
    private static final long ANY_CHANNEL_VERSION = 0;

    private static final Pattern VERSION = Pattern.compile("(?:W/)?\"(\\d{1,19})\"");

    private Preconditions() {}

    static void fill(ApiMethod method, Message.Builder input, HttpServerRequest request) {
        fillVersion(method, input, Headers.of(request, "If-Match"));
        String key = Headers.of(request, IDEMPOTENCY_KEY);
        if (input instanceof SendMessage.Builder send && !key.isEmpty()) {
            if (send.getClientId().isEmpty()) {
                send.setClientId(key);
            } else if (!send.getClientId().equals(key)) {
                throw Refusal.violation("clientId", "conflict", "the same value as Idempotency-Key");
            }
        }
    }

    private static void fillVersion(ApiMethod method, Message.Builder input, String ifMatch) {
        FieldDescriptor version = method.input().getDescriptorForType().findFieldByName("version");
        if (version == null) {
            return;
        }
        if (ifMatch.equals("*")) {
            if (input instanceof UpdateChannel.Builder update && !update.hasVersion()) {
                update.setVersion(ANY_CHANNEL_VERSION);
            }
        } else if (!ifMatch.isEmpty()) {
            Matcher tag = VERSION.matcher(ifMatch);
            if (!tag.matches()) {
                throw Refusal.of(ErrorCode.PRECONDITION_FAILED, "If-Match is none of this server's ETags");
            }
            long wanted = Long.parseUnsignedLong(tag.group(1));
            setVersion(input, version, wanted);
        } else if (input instanceof UpdateChannel.Builder update && !update.hasVersion()) {
            throw Refusal.of(ErrorCode.PRECONDITION_REQUIRED);
        }
    }

    private static void setVersion(Message.Builder input, FieldDescriptor version, long wanted) {
        boolean word = version.getJavaType() == FieldDescriptor.JavaType.INT;
        input.setField(version, word ? (Object) (int) Math.min(wanted, Integer.MAX_VALUE) : (Object) wanted);
    }
}
