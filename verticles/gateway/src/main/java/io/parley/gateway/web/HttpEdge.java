package io.parley.gateway.web;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.parley.gateway.openapi.OpenApi;
import io.parley.gateway.rest.Problem;
import io.parley.gateway.rest.RestHandler;
import io.parley.gateway.session.Ids;
import io.parley.gateway.socket.Encoding;
import io.parley.gateway.socket.LoopSessions;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every request of one event loop to whoever serves its address. */
public final class HttpEdge {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);

    /** Made when first asked for; the same on all loops. */
    private static final class Document {
        static final Buffer BYTES = Buffer.buffer(new OpenApi().document());
    }

    private final RestHandler rest;
    private final LoopSessions sessions;
    private final Health health;
    private final PatientConnections connections;
    private final Ids ids;
    /** Why no further socket may be opened, if so. */
    private final Supplier<Optional<Refusal>> closed;

    private final StaticFiles files = new StaticFiles();

    HttpEdge(
            RestHandler rest,
            LoopSessions sessions,
            Health health,
            PatientConnections connections,
            Ids ids,
            Supplier<Optional<Refusal>> closed) {
        this.rest = rest;
        this.sessions = sessions;
        this.health = health;
        this.connections = connections;
        this.ids = ids;
        this.closed = closed;
    }

    void handle(HttpServerRequest request) {
        connections.requestBegan(request.connection());
        request.response().endHandler(_ -> connections.requestEnded(request.connection()));
        try {
            String path = request.path();
            route(request, path == null ? "" : path);
        } catch (RuntimeException broken) {
            String requestId = ids.request();
            LOG.error("request {} {} failed ({})", request.method(), request.path(), requestId, broken);
            refuse(request, Refusal.of(ErrorCode.INTERNAL), requestId);
        }
    }

    /** What is no HTTP, or more of it than anybody needs. The connection cannot be used any further. */
    void handleInvalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        boolean tooLong = cause instanceof TooLongHttpLineException || cause instanceof TooLongHttpHeaderException;
        request.response()
                .putHeader("Connection", "close")
                .endHandler(_ -> request.connection().close());
        refuse(
                request,
                tooLong
                        ? Refusal.of(ErrorCode.PAYLOAD_TOO_LARGE, "the request line or the headers are too long")
                        : Refusal.of(ErrorCode.MALFORMED, "this is not HTTP"),
                ids.request());
    }

    private void route(HttpServerRequest request, String path) {
        if (!path.startsWith("/") || path.length() > Limits.PATH_LENGTH_MAX) {
            refuse(request, Refusal.of(ErrorCode.NOT_FOUND), ids.request());
            return;
        }
        switch (path) {
            case "/v1/ws" -> upgrade(request);
            case "/v1/openapi.json" -> only(request, () -> files.sendJson(request, () -> Document.BYTES));
            case "/health/live" -> only(request, () -> health.live(request));
            case "/health/ready" -> only(request, () -> health.ready(request));
            case "/metrics" -> only(request, () -> health.metrics(request));
            case "/docs", "/docs/" -> page(request, "/docs/index.html");
            default -> {
                if (path.startsWith("/v1/") || path.equals("/v1")) {
                    rest.handle(request, path);
                } else if (path.startsWith("/docs/")) {
                    page(request, path);
                } else {
                    only(request, () -> {
                        if (!files.serveApp(request, path)) {
                            refuse(request, Refusal.of(ErrorCode.NOT_FOUND), ids.request());
                        }
                    });
                }
            }
        }
    }

    private void page(HttpServerRequest request, String resource) {
        only(request, () -> {
            if (!files.serve(request, resource)) {
                refuse(request, Refusal.of(ErrorCode.NOT_FOUND), ids.request());
            }
        });
    }

    private void only(HttpServerRequest request, Runnable served) {
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            served.run();
        } else {
            request.response().putHeader("Allow", "GET, HEAD");
            refuse(request, Refusal.of(ErrorCode.METHOD_NOT_ALLOWED), ids.request());
        }
    }

    /** The first of our subprotocols that the client offers decides the encoding. */
    private void upgrade(HttpServerRequest request) {
        String offered = request.headers().get("Sec-WebSocket-Protocol");
        Optional<Encoding> encoding = offered == null
                ? Optional.empty()
                : Arrays.stream(offered.split(",", -1))
                        .map(String::strip)
                        .flatMap(name -> Encoding.ofSubprotocol(name).stream())
                        .findFirst();
        Optional<Refusal> refusal = closed.get();
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade")) || encoding.isEmpty()) {
            refuse(
                    request,
                    Refusal.of(
                            ErrorCode.INVALID_REQUEST,
                            "this is a WebSocket with one of the subprotocols " + Encoding.subprotocols()),
                    ids.request());
        } else if (refusal.isPresent()) {
            refuse(request, refusal.get(), ids.request());
        } else {
            request.toWebSocket()
                    .onSuccess(socket -> {
                        connections.upgraded(request.connection());
                        // Netty's handshake chose among the offered ones too, in the client's order.
                        sessions.open(
                                socket,
                                Encoding.ofSubprotocol(String.valueOf(socket.subProtocol()))
                                        .orElse(encoding.get()));
                    })
                    .onFailure(failure -> LOG.debug("no WebSocket: {}", failure.toString()));
        }
    }

    private static void refuse(HttpServerRequest request, Refusal refusal, String requestId) {
        if (!request.response().ended()) {
            request.response()
                    .setStatusCode(Problem.status(refusal))
                    .putHeader("Content-Type", Problem.MEDIA_TYPE)
                    .putHeader("Parley-Request-Id", requestId)
                    .end(Problem.of(refusal, requestId).toBuffer());
        }
    }
}
