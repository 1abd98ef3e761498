package io.parley.gateway.rest;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.parley.gateway.contract.ApiMethod;
import io.parley.gateway.contract.JsonWriter;
import io.parley.gateway.limit.Admitted;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Clock;
import io.parley.schema.v1.ChannelResult;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.MessageResult;
import io.parley.schema.v1.SentMessage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The answer to one REST request, given exactly once. Owned by the request's event loop. */
final class RestReply {
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final String requestId;
    private final Clock clock;
    private final MeterRegistry meters;
    private final long startNanos;
    private @Nullable ApiMethod route;

    RestReply(HttpServerRequest request, String requestId, Clock clock, MeterRegistry meters) {
        this.request = request;
        this.response = request.response();
        this.requestId = requestId;
        this.clock = clock;
        this.meters = meters;
        this.startNanos = clock.monoNanos();
        response.putHeader("Parley-Request-Id", requestId)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
    }

    String requestId() {
        return requestId;
    }

    void route(ApiMethod method) {
        route = method;
    }

    ApiMethod route() {
        if (route == null) {
            throw new IllegalStateException("no route was found yet");
        }
        return route;
    }

    void header(String name, String value) {
        response.putHeader(name, value);
    }

    void limits(Admitted admitted) {
        if (!admitted.levels().isEmpty()) {
            response.putHeader("RateLimit", admitted.rateLimitHeader());
            response.putHeader("RateLimit-Policy", admitted.policyHeader());
        }
    }

    void answer(ApiMethod method, Message result, boolean replayed) {
        if (replayed || (result instanceof SentMessage sent && sent.getDuplicate())) {
            response.putHeader("Idempotency-Replayed", "true");
        }
        Optional<String> tag = etag(result);
        tag.ifPresent(value -> {
            response.putHeader("ETag", value);
            response.putHeader("Cache-Control", "private, no-cache");
        });
        String known = request.getHeader("If-None-Match");
        if (known != null && method.route().getMethod().equals("GET") && matches(known, tag)) {
            end(304, null);
            return;
        }
        response.putHeader("Content-Type", "application/json");
        end(method.successStatus(), Buffer.buffer(JsonWriter.bytes(result)));
    }

    /** Something was made that lives at {@code location}. */
    void created(String location, String mediaType, String body) {
        response.putHeader("Location", location).putHeader("Content-Type", mediaType);
        end(201, Buffer.buffer(body));
    }

    void empty(int status) {
        end(status, null);
    }

    void refuse(Refusal refusal) {
        if (refusal.afterMillis() > 0) {
            response.putHeader("Retry-After", Long.toString((refusal.afterMillis() + 999) / 1000));
        }
        if (Problem.status(refusal) == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.putHeader("Content-Type", Problem.MEDIA_TYPE);
        boolean unread = refusal.code() == ErrorCode.PAYLOAD_TOO_LARGE || refusal.code() == ErrorCode.REQUEST_TIMEOUT;
        if (unread && request.version() != HttpVersion.HTTP_2) {
            response.putHeader("Connection", "close"); // the rest of the body is not waited for
        }
        end(Problem.status(refusal), Problem.of(refusal, requestId).toBuffer());
    }

    private void end(int status, @Nullable Buffer body) {
        if (response.ended() || response.closed()) {
            return;
        }
        record(status);
        response.setStatusCode(status);
        if (body == null) {
            response.end();
        } else if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Integer.toString(body.length()))
                    .end();
        } else {
            response.end(body);
        }
        if (!request.isEnded()) {
            request.handler(null).resume(); // what is left of a body must not block the connection
        }
    }

    private void record(int status) {
        Timer.builder("parley.gateway.request.duration")
                .tag("route", route == null ? "none" : route.name())
                .tag("status", status / 100 + "xx")
                .register(meters)
                .record(clock.monoNanos() - startNanos, TimeUnit.NANOSECONDS);
    }

    /** The version of the thing that was answered, when it has one. */
    private static Optional<String> etag(Message result) {
        return switch (result) {
            case ChannelResult channel ->
                Optional.of("\"" + Long.toUnsignedString(channel.getChannel().getVersion()) + "\"");
            case MessageResult message ->
                Optional.of("\"" + message.getMessage().getVersion() + "\"");
            default -> Optional.empty();
        };
    }

    private static boolean matches(String ifNoneMatch, Optional<String> tag) {
        for (String value : Headers.parts(ifNoneMatch, ",")) {
            if (tag.isPresent()
                    && (value.equals("*") || value.replaceFirst("^W/", "").equals(tag.get()))) {
                return true;
            }
        }
        return false;
    }
}
