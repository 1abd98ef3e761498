package io.parley.media.node.rooms;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parley.media.sfu.allocation.Role;
import io.parley.media.transport.MediaTransport;
import io.parley.media.transport.PeerState;
import io.parley.media.transport.TransportConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node on loopback, with a page by which a browser joins a room of it. */
final class TestNode implements AutoCloseable, RoomListener {
    static final String ROOM = "room";
    private static final int PATIENCE_SECONDS = 30;

    final MediaTransport transport;
    final MediaRooms rooms;
    final Map<String, String> reports = new ConcurrentHashMap<>();
    final List<String> failures = new CopyOnWriteArrayList<>();
    final List<String> restarted = new CopyOnWriteArrayList<>();
    final List<String> ended = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    TestNode(int shards) throws IOException {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        transport = MediaTransport.open(
                new TransportConfig(List.of(loopback), 0, List.of(), shards, TransportConfig.Engine.AUTO, false));
        rooms = new MediaRooms(transport, new SecureRandom(), System::currentTimeMillis, this);
        server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    String page(String name, String options) {
        return "http://localhost:" + server.getAddress().getPort() + "/?name=" + name + options;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getQuery().replaceFirst("^name=([a-z]+).*", "$1");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = 200;
        String answer = "";
        try {
            switch (exchange.getRequestURI().getPath()) {
                case "/" -> answer = page();
                case "/join" -> answer = join(name, body);
                case "/restart" -> {
                    answer = rooms.restart(ROOM, name, body).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    restarted.add(name);
                }
                case "/report" -> reports.put(name, body);
                case "/failed" -> failures.add(name + ": " + body);
                default -> status = 404;
            }
        } catch (ExecutionException | TimeoutException | InterruptedException failure) {
            failures.add(name + ": " + failure);
            status = 400;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    String join(String name, String offer) throws ExecutionException, InterruptedException, TimeoutException {
        return rooms.join(new Joining(ROOM, name, Role.VIEWER, offer, Map.of()))
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static String page() throws IOException {
        try (InputStream in = TestNode.class.getResourceAsStream("/page/room.html")) {
            if (in == null) {
                throw new IllegalStateException("the test's page is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void onState(String room, String participant, PeerState state, String reason) {
        if (state == PeerState.FAILED || state == PeerState.CLOSED) {
            ended.add(participant);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        transport.close();
    }
}
