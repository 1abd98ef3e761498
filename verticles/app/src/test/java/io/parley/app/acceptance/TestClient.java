package io.parley.app.acceptance;

import static java.util.Objects.requireNonNull;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** One socket that speaks the JSON subprotocol and remembers all it hears. Calls block; for test threads. */
@SuppressWarnings("BadInstanceof") // a member that may be absent is tested and named in one step
final class TestClient implements AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
    private final List<JsonObject> heard = new ArrayList<>(); // pushes and control frames; guarded by itself
    private final Map<String, JsonObject> subscribed = new ConcurrentHashMap<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private boolean saidHello;

    private TestClient(String url) {
        this.socket = join(HTTP.newWebSocketBuilder()
                .subprotocols("parley.v1.json")
                .connectTimeout(WAIT_MAX)
                .buildAsync(URI.create(url.replaceFirst("^http", "ws") + "/v1/ws"), new Listener()));
    }

    /** Connected, and nothing said yet. */
    static TestClient silent(String url) {
        return new TestClient(url);
    }

    /** Connected as a user of the tenant "acme". */
    static TestClient connect(String url, String user) {
        return connect(url, "acme", user);
    }

    static TestClient connect(String url, String tenant, String user) {
        TestClient client = new TestClient(url);
        client.call("hello", hello(TestTokens.of(tenant, user)));
        client.saidHello = true;
        return client;
    }

    static JsonObject hello(String token) {
        return new JsonObject().put("token", token).put("protocol", 1).put("client", "test/1");
    }

    /** The result of a command; a refusal fails the test. */
    JsonObject call(String command, JsonObject input) {
        JsonObject reply = answer(command, input);
        if (!reply.containsKey("ok")) {
            throw new AssertionError(command + " " + input + " was refused: " + reply.encode());
        }
        return reply.getJsonObject("ok").getJsonObject(command);
    }

    /** The reply to a command, with "ok" or "err" in it. */
    JsonObject answer(String command, Object input) {
        return join(post(command, input));
    }

    CompletableFuture<JsonObject> post(String command, Object input) {
        int id = ids.incrementAndGet();
        var reply = new CompletableFuture<JsonObject>();
        waiting.put(id, reply);
        var _ = closed.thenAccept(code -> reply.completeExceptionally(new IllegalStateException("closed " + code)));
        send(new JsonObject().put("cmd", new JsonObject().put("id", id).put(command, input)));
        return reply;
    }

    void send(JsonObject frame) {
        join(socket.sendText(frame.encode(), true));
    }

    /** Subscribes to a stream from now on and gives its position. */
    JsonObject subscribe(String stream) {
        JsonObject position =
                call("subscribe", new JsonObject().put("stream", stream)).getJsonObject("position");
        subscribed.put(stream, position);
        return position;
    }

    JsonObject sendText(String channel, String clientId, String text) {
        return call(
                "sendMessage",
                new JsonObject()
                        .put("channelId", channel)
                        .put("clientId", clientId)
                        .put("text", text));
    }

    /** The first push or control frame, heard or to come, that fits. */
    JsonObject await(String what, Predicate<JsonObject> fits) {
        long deadlineNanos = System.nanoTime() + WAIT_MAX.toNanos();
        synchronized (heard) {
            while (true) {
                var found = heard.stream().filter(fits).findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
                long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    throw new AssertionError("never heard " + what + ", only " + heard);
                }
                try {
                    heard.wait(leftMillis);
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            }
        }
    }

    /** Waits for a push whose event is {@code event} and fits, and gives the event. */
    JsonObject awaitEvent(String event, Predicate<JsonObject> fits) {
        return await(
                        event,
                        frame -> frame.getJsonObject("push") instanceof JsonObject push
                                && push.getJsonObject(event) instanceof JsonObject body
                                && fits.test(body))
                .getJsonObject("push")
                .getJsonObject(event);
    }

    /** The position of the newest event heard of a stream, or where the subscription began. */
    JsonObject position(String stream) {
        synchronized (heard) {
            return heard.stream()
                    .filter(frame -> frame.getJsonObject("push") instanceof JsonObject push
                            && stream.equals(push.getString("stream"))
                            && push.containsKey("offset"))
                    .map(frame -> frame.getJsonObject("push"))
                    .reduce((_, last) -> last)
                    .map(push -> new JsonObject()
                            .put("epoch", push.getString("epoch"))
                            .put("offset", push.getString("offset")))
                    .orElseGet(() -> requireNonNull(subscribed.get(stream), stream));
        }
    }

    /** The texts of the messages heard so far that begin so. */
    List<String> heardTexts(String beginning) {
        synchronized (heard) {
            return heard.stream()
                    .map(frame -> frame.getJsonObject("push", new JsonObject()).getJsonObject("messageCreated"))
                    .filter(Objects::nonNull)
                    .map(event -> event.getJsonObject("message").getString("text"))
                    .filter(text -> text.startsWith(beginning))
                    .toList();
        }
    }

    JsonObject awaitMessage(String text) {
        return awaitEvent(
                        "messageCreated",
                        event -> text.equals(event.getJsonObject("message").getString("text")))
                .getJsonObject("message");
    }

    /** The close code. */
    int awaitClose() {
        return join(closed);
    }

    /** True for the sockets of users, false for a stranger's: those may be closed after a refusal. */
    boolean hasSaidHello() {
        return saidHello;
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    /** Cuts the connection; what was heard stays known. */
    void leave() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new AssertionError("no answer", failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void receive(JsonObject frame) {
        if (frame.getJsonObject("reply") instanceof JsonObject reply) {
            CompletableFuture<JsonObject> caller = waiting.remove(reply.getInteger("id", 0));
            if (caller != null) {
                caller.complete(reply);
            }
            return;
        }
        if (frame.getJsonObject("ctl") instanceof JsonObject control
                && control.getJsonObject("ping") instanceof JsonObject ping) {
            var answered = socket.sendText(
                    new JsonObject()
                            .put("ctl", new JsonObject().put("pong", ping))
                            .encode(),
                    true);
            answered.exceptionally(gone -> socket);
        }
        synchronized (heard) {
            heard.add(frame);
            heard.notifyAll();
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String message = text.toString();
                text.setLength(0);
                if (message.startsWith("[")) {
                    new JsonArray(message).forEach(frame -> receive((JsonObject) frame));
                } else {
                    receive(new JsonObject(message));
                }
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket from, Throwable broken) {
            closed.complete(1006);
        }
    }
}
