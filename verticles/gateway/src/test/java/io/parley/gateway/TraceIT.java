package io.parley.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.testkit.TestRedis;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.tracing.VertxTracer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** A tracer that remembers which trace a context belongs to, and what was sent and received within which. */
    private static final class Notes implements InvocationHandler {
        private final Map<Object, String> traces = new ConcurrentHashMap<>();
        final List<String> events = new CopyOnWriteArrayList<>();

        VertxTracer<?, ?> tracer() {
            return (VertxTracer<?, ?>) Proxy.newProxyInstance(
                    VertxTracer.class.getClassLoader(), new Class<?>[] {VertxTracer.class}, this);
        }

        /** The arguments of a request: context, kind, policy, request, operation, headers, tags. */
        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws ReflectiveOperationException {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(this, arguments);
            }
            if (arguments == null) {
                return null;
            }
            return switch (method.getName()) {
                case "receiveRequest" -> began(arguments);
                case "sendRequest" -> asked(arguments);
                case "sendResponse" -> ended(arguments[2]);
                default -> null;
            };
        }

        private @Nullable Object began(@Nullable Object[] arguments) {
            for (Object header : (Iterable<?>) Objects.requireNonNull(arguments[5])) {
                if (header instanceof Map.Entry<?, ?> entry
                        && "traceparent".equalsIgnoreCase(String.valueOf(entry.getKey()))) {
                    String trace = String.valueOf(entry.getValue());
                    traces.put(Objects.requireNonNull(arguments[0]), trace);
                    events.add("began " + arguments[4] + " in " + trace);
                    return trace;
                }
            }
            return null;
        }

        @SuppressWarnings("unchecked") // a tracer is given a setter of headers
        private @Nullable Object asked(@Nullable Object[] arguments) {
            String trace = traces.get(Objects.requireNonNull(arguments[0]));
            if (trace != null) {
                events.add("asked in " + trace);
                ((BiConsumer<String, String>) Objects.requireNonNull(arguments[5])).accept("traceparent", trace);
            }
            return trace;
        }

        private @Nullable Object ended(@Nullable Object trace) {
            if (trace != null) {
                events.add("ended in " + trace);
            }
            return null;
        }
    }

    @Test
    void aTraceGoesFromTheClientToTheBus(TestRedis redis) {
        Notes notes = new Notes();
        try (var gateway = TestGateway.start(redis, Vertx.builder().withTracer(_ -> notes.tracer()))) {
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
