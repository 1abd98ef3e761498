package io.parley.gateway;

import io.vertx.core.buffer.Buffer;
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

/** A client's end of a WebSocket that keeps what it hears. For one test thread. */
final class TestSocket {
    private static final long PATIENCE_SECONDS = 30;

    final WebSocket socket;
    /** Frames of JSON sockets, one by one. */
    private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
    /** Whole messages of binary sockets. */
    private final BlockingQueue<Buffer> messages = new LinkedBlockingQueue<>();

    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private int id;

    TestSocket(WebSocketClient client, WebSocketConnectOptions options) {
        this.socket = client.connect(options)
                .onSuccess(open -> {
                    open.textMessageHandler(this::onText);
                    open.binaryMessageHandler(messages::add);
                    open.closeHandler(
                            _ -> closed.complete(open.closeStatusCode() == null ? 1006 : (int) open.closeStatusCode()));
                })
                .await();
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
        return call(
                "hello", new JsonObject().put("token", token).put("protocol", 1).put("client", "test/1"));
    }

    /** Sends a command and waits for its reply, dropping whatever comes before. */
    JsonObject call(String command, JsonObject input) {
        int mine = send(command, input);
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
        return waited(frames);
    }

    JsonObject nextReply() {
        JsonObject reply = next().getJsonObject("reply");
        if (reply == null) {
            throw new AssertionError("not a reply");
        }
        return reply;
    }

    Buffer nextMessage() {
        return waited(messages);
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

    private static <T> T waited(BlockingQueue<T> queue) {
        try {
            T found = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (found == null) {
                throw new AssertionError("nothing came");
            }
            return found;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
