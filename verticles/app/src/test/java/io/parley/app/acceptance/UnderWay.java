package io.parley.app.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Sends to one channel for whose answers nobody waits while something breaks; each text is its client id too. */
final class UnderWay {
    private final String channel;
    private final Map<String, CompletableFuture<JsonObject>> replies = new LinkedHashMap<>();

    private UnderWay(String channel) {
        this.channel = channel;
    }

    static UnderWay post(TestClient who, String channel, String beginning, int count) {
        UnderWay sends = new UnderWay(channel);
        for (int i = 0; i < count; i++) {
            String text = beginning + " " + i;
            sends.replies.put(text, who.post("sendMessage", sends.input(text)));
        }
        return sends;
    }

    JsonObject input(String text) {
        return new JsonObject()
                .put("channelId", channel)
                .put("clientId", text.replace(' ', '-'))
                .put("text", text);
    }

    Set<String> texts() {
        return replies.keySet();
    }

    List<CompletableFuture<JsonObject>> replies() {
        return List.copyOf(replies.values());
    }

    /** The messages of all good answers so far, by text. */
    Map<String, JsonObject> acknowledged() {
        Map<String, JsonObject> messages = new LinkedHashMap<>();
        replies.forEach((text, reply) -> {
            if (reply.isDone()
                    && !reply.isCompletedExceptionally()
                    && reply.join().containsKey("ok")) {
                JsonObject sent = reply.join().getJsonObject("ok").getJsonObject("sendMessage");
                messages.put(text, sent.getJsonObject("message"));
            }
        });
        return messages;
    }

    /** What was acknowledged is there unchanged; after repeating all, each is there once. */
    void repeatedAllAreKeptOnce(TestClient who) {
        Map<String, JsonObject> acknowledged = acknowledged();
        replies.keySet().forEach(text -> who.call("sendMessage", input(text)));
        Map<String, JsonObject> kept = new LinkedHashMap<>();
        for (JsonObject message : Messages.all(who, channel)) {
            JsonObject twin = kept.put(message.getString("text"), message);
            assertTrue(twin == null, () -> "twice: " + message.getString("text"));
        }
        assertEquals(Set.of(), missing(kept), "after repeating");
        acknowledged.forEach((text, message) ->
                assertEquals(Messages.identity(message), Messages.identity(kept.getOrDefault(text, new JsonObject()))));
    }

    private Set<String> missing(Map<String, JsonObject> kept) {
        Set<String> missing = new LinkedHashSet<>(replies.keySet());
        missing.removeAll(kept.keySet());
        return missing;
    }
}
