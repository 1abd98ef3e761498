package io.parley.app.acceptance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What tests ask about messages in their JSON form. */
final class Messages {
    private Messages() {}

    /** 64-bit numbers are strings in JSON, and left out when 0. */
    static long offset(JsonObject holder) {
        return Long.parseLong(holder.getString("offset", "0"));
    }

    /** What may never change about a stored message. */
    static String identity(JsonObject message) {
        return String.join(
                " ",
                message.getString("id", "no id"),
                message.getString("offset", "no offset"),
                message.getString("clientId", "no client id"),
                message.getString("text", "no text"));
    }

    /** The whole history, oldest first. */
    static List<JsonObject> all(TestClient client, String channel) {
        List<JsonObject> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = client.call(
                    "getHistory",
                    new JsonObject()
                            .put("channelId", channel)
                            .put("direction", "FORWARD")
                            .put("limit", 200)
                            .put("cursor", cursor));
            page.getJsonArray("items", new JsonArray()).forEach(message -> all.add((JsonObject) message));
            cursor = page.getString("next", "");
        } while (!cursor.isEmpty());
        return all;
    }
}
