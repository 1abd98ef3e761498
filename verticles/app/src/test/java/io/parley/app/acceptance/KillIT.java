package io.parley.app.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acknowledged means stored: nothing that was answered is lost, doubled or renumbered by {@code kill -9}. */
class KillIT {
    private static final int SENDS = 400;
    private static final int KILL_AFTER = 250;

    @TempDir
    Path folder;

    @Test
    void acknowledgedMessagesSurviveTheKill_andARepeatedSendIsAnsweredAsBefore() {
        Path data = folder.resolve("data");
        var acknowledged = new TreeMap<Long, JsonObject>();
        try (ServerProcess server = ServerProcess.up(data);
                TestClient alice = TestClient.connect(server.url(), "alice")) {
            alice.call("createChannel", new JsonObject().put("id", "general").put("name", "General"));
            sendUntilKilled(server, alice).forEach(message -> acknowledged.put(Messages.offset(message), message));
        }
        assertTrue(acknowledged.size() >= KILL_AFTER, "acknowledged before the kill: " + acknowledged.size());

        try (ServerProcess again = ServerProcess.up(data);
                TestClient alice = TestClient.connect(again.url(), "alice")) {
            List<JsonObject> stored = Messages.all(alice, "general");
            var byOffset = new TreeMap<Long, JsonObject>();
            stored.forEach(message -> byOffset.put(Messages.offset(message), message));
            acknowledged.forEach((offset, message) -> assertEquals(
                    Messages.identity(message), Messages.identity(byOffset.getOrDefault(offset, new JsonObject()))));
            long first = byOffset.firstKey();
            assertEquals(
                    LongStream.range(first, first + stored.size()).boxed().toList(),
                    List.copyOf(byOffset.keySet()),
                    "offsets are dense");
            assertEquals(
                    stored.size(),
                    stored.stream().map(m -> m.getString("clientId")).distinct().count(),
                    "nothing twice");

            JsonObject known = acknowledged.lastEntry().getValue();
            JsonObject repeated = alice.sendText("general", known.getString("clientId"), known.getString("text"));
            assertTrue(repeated.getBoolean("duplicate", false), repeated.encode());
            assertEquals(Messages.identity(known), Messages.identity(repeated.getJsonObject("message")));
            assertEquals(stored.size(), Messages.all(alice, "general").size());
        }
    }

    /** Sends without waiting, kills in the middle, and gives the messages of all answers that arrived. */
    private static List<JsonObject> sendUntilKilled(ServerProcess server, TestClient alice) {
        List<CompletableFuture<JsonObject>> replies = new ArrayList<>();
        for (int i = 0; i < KILL_AFTER; i++) {
            replies.add(post(alice, i));
        }
        CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)).join();
        for (int i = KILL_AFTER; i < SENDS; i++) {
            replies.add(post(alice, i));
        }
        server.kill();
        assertEquals(1006, alice.awaitClose());
        return replies.stream()
                .filter(reply -> reply.isDone() && !reply.isCompletedExceptionally())
                .map(CompletableFuture::join)
                .map(reply ->
                        reply.getJsonObject("ok").getJsonObject("sendMessage").getJsonObject("message"))
                .toList();
    }

    private static CompletableFuture<JsonObject> post(TestClient alice, int i) {
        return alice.post(
                "sendMessage",
                new JsonObject()
                        .put("channelId", "general")
                        .put("clientId", "c" + i)
                        .put("text", "message " + i));
    }
}
