package io.parley.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client's end of a WebSocket that keeps what it hears. For one test thread. */
final class TestSocket {
    private static final long PATIENCE_SECONDS = 60;
    /** Behind everything that came: who waits for more learns at once that the socket closed. */
    private static final JsonObject LAST_FRAME = new JsonObject();

    private static final Buffer LAST_MESSAGE = Buffer.buffer();

    final WebSocket socket;
    /** Frames of JSON sockets, one by one. */
    private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
    /** Whole messages of binary sockets. */
    private final BlockingQueue<Buffer> messages = new LinkedBlockingQueue<>();

    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private int id;

    TestSocket(WebSocketClient client, WebSocketConnectOptions options) {
        ClientWebSocket opening = client.webSocket();
        opening.textMessageHandler(this::onText);
        opening.binaryMessageHandler(messages::add);
        opening.closeHandler(_ -> onClosed(opening.closeStatusCode()));
        this.socket = opening.connect(options).await();
    }

    private void onClosed(@Nullable Short code) {
        closed.complete(code == null ? 1006 : (int) code);
        frames.add(LAST_FRAME);
        messages.add(LAST_MESSAGE);
    }

    private void onText(String text) {
        if (Json.decodeValue(text) instanceof JsonArray several) {
            for (int i = 0; i < several.size(); i++) {
                frames.add(several.getJsonObject(i));
            }
        } else {
            frames.add(new JsonObject(text));
        }
    }

    JsonObject hello(String token) {
        return reply(sendHello(token));
    }

    int sendHello(String token) {
        return send(
                "hello", new JsonObject().put("token", token).put("protocol", 1).put("client", "test/1"));
    }

    /** Sends a command and waits for its reply, dropping whatever comes before. */
    JsonObject call(String command, JsonObject input) {
        return reply(send(command, input));
    }

    /** Waits for the reply to the command {@code mine}, dropping whatever comes before. */
    JsonObject reply(int mine) {
        for (JsonObject frame = next(); ; frame = next()) {
            JsonObject reply = frame.getJsonObject("reply");
            if (reply != null && reply.getInteger("id", 0) == mine) {
                return reply;
            }
        }
    }

    int send(String command, JsonObject input) {
        int mine = ++id;
        text(new JsonObject()
                .put("cmd", new JsonObject().put("id", mine).put(command, input))
                .encode());
        return mine;
    }

    void text(String message) {
        socket.writeTextMessage(message);
    }

    void binary(Buffer message) {
        socket.writeBinaryMessage(message);
    }

    JsonObject next() {
        return waited(frames, LAST_FRAME);
    }

    JsonObject nextReply() {
        JsonObject reply = next().getJsonObject("reply");
        if (reply == null) {
            throw new AssertionError("not a reply");
        }
        return reply;
    }

    Buffer nextMessage() {
        return waited(messages, LAST_MESSAGE);
    }

    boolean isQuiet() {
        return frames.isEmpty() && messages.isEmpty();
    }

    int closeCode() {
        try {
            return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception open) {
            throw new AssertionError("the socket stays open", open);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the mark of the end is one instance, whatever equals it
    private <T> T waited(BlockingQueue<T> queue, T last) {
        try {
            T found = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (found == null) {
                throw new AssertionError("nothing came");
            } else if (found == last) {
                queue.add(last);
                throw new AssertionError("the socket closed with " + closeCode());
            }
            return found;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
