package io.parley.app.acceptance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A private channel with an owner, a member, a message and a room for calls, a public channel, somebody of the same
 * tenant who is in neither, and somebody of another tenant.
 */
final class Scene implements AutoCloseable {
    static final String ROOM = "room";
    static final String SQUARE = "square";
    static final String CALL = "call";
    static final String OWNER = "alice";
    static final String MEMBER = "bob";
    static final String OUTSIDER = "carol";
    static final String FOREIGNER = "eve";

    final TestClient owner;
    private final String messageId;

    Scene(String url) {
        owner = TestClient.connect(url, OWNER);
        TestClient.connect(url, MEMBER).close();
        JsonArray members = new JsonArray().add(MEMBER);
        owner.call(
                "createChannel",
                new JsonObject().put("id", ROOM).put("name", "Room").put("memberIds", members));
        owner.call(
                "createChannel",
                new JsonObject().put("id", SQUARE).put("name", "Square").put("public", true));
        owner.call("createRoom", new JsonObject().put("id", CALL).put("channelId", ROOM));
        messageId =
                owner.sendText(ROOM, "first", "hello").getJsonObject("message").getString("id");
    }

    static String tenantOf(String user) {
        return user.equals(FOREIGNER) ? "globex" : "acme";
    }

    String messageId() {
        return messageId;
    }

    /** All that bad input must not change, as the owner sees it. */
    List<Object> state() {
        List<Object> state = new ArrayList<>();
        for (String channel : List.of(ROOM, SQUARE)) {
            JsonObject id = new JsonObject().put("channelId", channel);
            JsonObject seen = owner.call("getChannel", id.copy()).getJsonObject("channel");
            state.add(seen.getJsonObject("head").encode() + " version " + seen.getValue("version"));
            state.add(seen.getInteger("memberCount") + " members");
            state.add(owner.call("listMembers", id.copy()).encode());
            Messages.all(owner, channel).forEach(message -> state.add(Messages.identity(message)));
        }
        state.add(owner.call("getRoom", new JsonObject().put("roomId", CALL)).encode());
        state.add(owner.call("listRooms", new JsonObject()).encode());
        state.add(owner.call("listChannels", new JsonObject()).encode());
        return state;
    }

    @Override
    public void close() {
        owner.close();
    }
}
