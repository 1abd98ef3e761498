package io.parley.media.node.operators;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parley.media.node.rooms.Capture;
import io.parley.media.node.rooms.MediaRooms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP port for operators: {@code /metrics}, {@code /health/live}, {@code /health/ready},
 * {@code /debug/rooms[/ROOM]} and {@code /debug/capture}. It names rooms and participants and knows no passwords, so it
 * listens on loopback unless told otherwise.
 */
public final class OperatorPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorPort.class);
    private static final String JSON = "application/json";
    private static final String ROOMS = "/debug/rooms";
    private static final int SECONDS_DEFAULT = 10;

    private final MediaRooms rooms;
    private final Metrics metrics;
    private final Readiness readiness;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore captures = new Semaphore(Limits.CAPTURES);

    /** Whether the node takes new participants, and why not. */
    public interface Readiness {
        /** Empty when it does. */
        String complaint();
    }

    @SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never compared
    private record Reply(int status, String type, byte[] body) {
        static Reply text(int status, String body) {
            return new Reply(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
        }

        static Reply json(String body) {
            return new Reply(200, JSON, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Opens the port; throws UncheckedIOException when it cannot be bound. */
    public OperatorPort(InetSocketAddress listen, MediaRooms rooms, Metrics metrics, Readiness readiness) {
        this.rooms = rooms;
        this.metrics = metrics;
        this.readiness = readiness;
        try {
            server = HttpServer.create(new InetSocketAddress(listen.getHostString(), listen.getPort()), 0);
        } catch (IOException failure) {
            threads.shutdownNow();
            throw new UncheckedIOException("the port for operators, " + listen + ", cannot be bound", failure);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var reply = exchange.getRequestMethod().equals("GET")
                    ? answer(exchange)
                    : Reply.text(405, "only GET is understood here\n");
            exchange.getResponseHeaders().set("Content-Type", reply.type);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(reply.status, reply.body.length == 0 ? -1 : reply.body.length);
            exchange.getResponseBody().write(reply.body);
        }
    }

    private Reply answer(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        try {
            if (path.startsWith(ROOMS + "/")) {
                return rooms.snapshot(path.substring(ROOMS.length() + 1))
                        .get(Limits.ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                        .map(room -> Reply.json(Json.of(room)))
                        .orElseGet(() -> Reply.text(404, "there is no such room\n"));
            }
            return switch (path) {
                case "/metrics" -> Reply.text(200, metrics.scrape());
                case "/health/live" -> Reply.text(200, "live\n");
                case "/health/ready" -> ready();
                case ROOMS ->
                    Reply.json(Json.of(rooms.snapshots().get(Limits.ANSWER.toMillis(), TimeUnit.MILLISECONDS)));
                case "/debug/capture" -> capture(query(exchange.getRequestURI().getRawQuery()));
                default ->
                    Reply.text(
                            404,
                            "there are /metrics, /health/live, /health/ready, /debug/rooms[/ROOM] and"
                                    + " /debug/capture?room=R&participant=P&seconds=10&full=false\n");
            };
        } catch (TimeoutException slow) {
            return Reply.text(503, "the node is too busy to answer\n");
        } catch (ExecutionException failure) {
            LOG.error("{} failed", path, failure);
            return Reply.text(500, "the node failed; its log says why\n");
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return Reply.text(503, "the node is closing\n");
        }
    }

    private Reply ready() {
        String complaint = readiness.complaint();
        return complaint.isEmpty() ? Reply.text(200, "ready\n") : Reply.text(503, complaint + "\n");
    }

    private Reply capture(Map<String, String> query) throws ExecutionException, TimeoutException, InterruptedException {
        String room = query.getOrDefault("room", "");
        String participant = query.getOrDefault("participant", "");
        int seconds = number(query.getOrDefault("seconds", Integer.toString(SECONDS_DEFAULT)));
        if (seconds < 1 || seconds > Limits.CAPTURE_SECONDS) {
            return Reply.text(400, "seconds: 1 to " + Limits.CAPTURE_SECONDS + "\n");
        }
        if (!captures.tryAcquire()) {
            return Reply.text(503, "at most " + Limits.CAPTURES + " captures at once\n");
        }
        try {
            var capture = new Capture(Boolean.parseBoolean(query.getOrDefault("full", "false")));
            boolean there =
                    rooms.capture(room, participant, capture).get(Limits.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            if (!there) {
                return Reply.text(404, "there is no such participant in that room\n");
            }
            boolean full = capture.awaitFull(seconds);
            LOG.info("captured {} packets of {} in {}{}", capture.count(), participant, room, full ? " (full)" : "");
            var packets =
                    rooms.endCapture(room, participant, capture).get(Limits.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(200, "application/vnd.tcpdump.pcap", packets);
        } finally {
            captures.release();
        }
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
    }

    private static Map<String, String> query(@Nullable String raw) {
        var fields = new HashMap<String, String>();
        for (String field : (raw == null ? "" : raw).split("&", Limits.QUERY_FIELDS)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), decoded(field.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
