package io.parley.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.testkit.TestRedis;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One trace from the client's request, over HTTP or a socket, to what is asked on the bus (R9). */
@ExtendWith(TestRedis.class)
class TraceIT {
    private static final String HTTP = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String SOCKET = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    /** Remembers which trace a context belongs to, and what was sent and received within which. */
    private static final class Notes implements VertxTracer<String, String> {
        private final Map<Context, String> traces = new ConcurrentHashMap<>();
        final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public <R> @Nullable String receiveRequest(
                Context context,
                SpanKind kind,
                TracingPolicy policy,
                R request,
                String operation,
                Iterable<Map.Entry<String, String>> headers,
                TagExtractor<R> tags) {
            for (var header : headers) {
                if (header.getKey().equalsIgnoreCase("traceparent")) {
                    traces.put(context, header.getValue());
                    events.add("began " + operation + " in " + header.getValue());
                    return header.getValue();
                }
            }
            return null;
        }

        @Override
        public <R> void sendResponse(
                Context context,
                @Nullable R response,
                @Nullable String trace,
                @Nullable Throwable failure,
                TagExtractor<R> tags) {
            if (trace != null) {
                events.add("ended in " + trace + (failure == null ? "" : ", refused"));
            }
        }

        @Override
        public <R> @Nullable String sendRequest(
                Context context,
                SpanKind kind,
                TracingPolicy policy,
                R request,
                String operation,
                BiConsumer<String, String> headers,
                TagExtractor<R> tags) {
            String trace = traces.get(context);
            if (trace != null) {
                events.add("asked in " + trace);
                headers.accept("traceparent", trace);
            }
            return trace;
        }
    }

    @Test
    void aTraceGoesFromTheClientToTheBus(TestRedis redis) {
        Notes notes = new Notes();
        try (var gateway = TestGateway.start(redis, Vertx.builder().withTracer(_ -> notes))) {
            gateway.as("tara", HttpMethod.GET, "/v1/me")
                    .putHeader("traceparent", HTTP)
                    .send()
                    .await();
            assertTrue(notes.events.contains("asked in " + HTTP), notes.events::toString);
            TestSocket socket = gateway.connect("tara");
            notes.events.clear();
            socket.text(new JsonObject()
                    .put(
                            "cmd",
                            new JsonObject()
                                    .put("id", 70)
                                    .put("traceparent", SOCKET)
                                    .put("getMe", new JsonObject()))
                    .encode());
            JsonObject reply = socket.reply(70);
            assertTrue(reply.containsKey("ok"), reply::encode);
            assertEquals("began GetMe in " + SOCKET, notes.events.getFirst());
            assertTrue(notes.events.contains("asked in " + SOCKET), notes.events::toString);
            assertTrue(notes.events.contains("ended in " + SOCKET), notes.events::toString);
            notes.events.clear();
            socket.text("{\"cmd\":{\"id\":71,\"getMe\":{}}}");
            assertTrue(socket.reply(71).containsKey("ok"));
            assertEquals(List.of(), notes.events, "a command without a trace joins none");
        }
    }
}
