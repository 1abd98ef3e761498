package io.parley.signaling;

import com.google.protobuf.util.Timestamps;
import io.parley.kernel.cluster.LiveNodes;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.store.Transactions;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.bus.v1.StreamKey;
import io.parley.schema.v1.Push;
import io.parley.signaling.domain.RoomKey;
import io.parley.signaling.live.LiveRoom;
import io.parley.signaling.store.LiveRooms;
import io.vertx.core.Future;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** What the parts of signaling share. */
record SignalingParts(
        NodeContext node, SignalingConfig config, Transactions transactions, LiveRooms live, LiveNodes nodes) {
    private static final int ID_BYTES = 10;

    static SignalingParts of(NodeContext node, SignalingConfig config) {
        var transactions = new Transactions(
                "signaling",
                node.vertx(),
                node.stores().postgres(),
                node.randomness(),
                config.answerLimit(),
                node.meters());
        var live = new LiveRooms(node.stores().redis(), () -> fresh(node, ""), config.roomKept());
        return new SignalingParts(node, config, transactions, live, new LiveNodes(node.vertx(), node.cluster()));
    }

    /** A name nobody can guess: 80 bits. */
    String fresh(String prefix) {
        return fresh(node, prefix);
    }

    private static String fresh(NodeContext node, String prefix) {
        byte[] bytes = new byte[ID_BYTES];
        node.randomness().fill(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }

    /** Changes a room's state and, once it is stored, tells the events to whoever listens. */
    Future<LiveRoom.Change> change(RoomKey key, Function<LiveRoom, LiveRoom.Change> decide) {
        long now = node.clock().wallMillis();
        return live.change(key, before -> {
                    LiveRoom.Change change = decide.apply(before);
                    return new LiveRoom.Change(
                            change.after(),
                            change.events().stream()
                                    .map(event -> event.toBuilder()
                                            .setStream(key.stream())
                                            .setAt(Timestamps.fromMillis(now))
                                            .build())
                                    .toList());
                })
                .onSuccess(change -> publish(key, change.events()));
    }

    /** Events of one room's streams, each naming its stream. */
    void publish(RoomKey key, List<Push> events) {
        if (events.isEmpty()) {
            return;
        }
        long now = node.clock().wallMillis();
        node.publisher()
                .publish(events.stream()
                        .map(event -> Publication.newBuilder()
                                .setKey(StreamKey.newBuilder()
                                        .setTenant(key.tenant())
                                        .setStream(event.getStream()))
                                .setPush(event)
                                .setPublishedWallMillis(now)
                                .build())
                        .toList());
    }
}
