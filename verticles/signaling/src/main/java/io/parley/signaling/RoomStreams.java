package io.parley.signaling;

import io.parley.kernel.bus.Failures;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.bus.v1.StreamAuthorize;
import io.parley.schema.bus.v1.StreamAuthorized;
import io.parley.schema.bus.v1.StreamHead;
import io.parley.schema.bus.v1.StreamHeads;
import io.parley.schema.bus.v1.StreamHeadsRead;
import io.parley.schema.bus.v1.StreamKey;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.bus.v1.StreamSlice;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.SubscribeResult.Lost;
import io.parley.signaling.domain.RoomKey;
import io.parley.signaling.live.LiveRoom;
import io.parley.signaling.store.LiveRooms;
import io.vertx.core.Future;
import java.util.List;

/** Answers gateways: who may listen to a "call:" stream, and what it holds behind a position. */
final class RoomStreams {
    private final SignalingParts parts;
    private final RoomAccess access;

    RoomStreams(SignalingParts parts, RoomAccess access) {
        this.parts = parts;
        this.access = access;
    }

    /** The room's stream is for whoever may join; a participant's for their user alone. A refusal is an answer. */
    Future<StreamAuthorized> authorize(StreamAuthorize question) {
        Caller caller = question.getCaller();
        RoomKey key = RoomKey.ofStream(caller.getTenant(), question.getStream());
        String participantId = RoomKey.participantOfStream(question.getStream());
        return access.enter(caller, key.id())
                .compose(_ -> parts.live().open(key))
                .map(room -> {
                    if (!participantId.isEmpty()) {
                        requireOwn(caller, room, participantId);
                    }
                    return StreamAuthorized.newBuilder()
                            .setHead(room.position())
                            .build();
                })
                .otherwise(failure -> StreamAuthorized.newBuilder()
                        .setError((failure instanceof Refusal refusal ? refusal : Refusal.of(Failures.code(failure)))
                                .toError(""))
                        .build());
    }

    private static void requireOwn(Caller caller, LiveRoom room, String participantId) {
        var who = room.find(participantId).orElseThrow(() -> Refusal.of(ErrorCode.STREAM_NOT_FOUND));
        if (!who.getUserId().equals(caller.getUserId())) {
            throw Refusal.of(ErrorCode.NOT_IN_ROOM);
        }
    }

    /** The head, and with a position the events behind it, oldest first. */
    Future<StreamSlice> read(StreamRead question) {
        RoomKey key = RoomKey.ofStream(
                question.getKey().getTenant(), question.getKey().getStream());
        return parts.live()
                .recent(key, Limits.EVENTS_PER_READ_MAX)
                .compose(found -> found.isEmpty()
                        ? Future.failedFuture(Refusal.of(ErrorCode.STREAM_NOT_FOUND))
                        : Future.succeededFuture(slice(question, found.get())));
    }

    private static StreamSlice slice(StreamRead question, LiveRooms.Recent recent) {
        Position head = recent.room().position();
        StreamSlice.Builder slice = StreamSlice.newBuilder().setKnown(true).setHead(head);
        if (!question.hasSince()) {
            return slice.build();
        }
        Position since = question.getSince();
        long oldest = head.getOffset() - recent.events().size();
        if (!since.getEpoch().equals(head.getEpoch()) || since.getOffset() > head.getOffset()) {
            return slice.setLost(Lost.EPOCH_CHANGED).build();
        } else if (since.getOffset() < oldest) {
            return slice.setLost(Lost.TOO_OLD).build();
        }
        recent.events().stream()
                .filter(event -> event.getOffset() > since.getOffset())
                .limit(question.getLimit())
                .forEach(slice::addEvents);
        return slice.build();
    }

    Future<StreamHeads> heads(StreamHeadsRead question) {
        List<RoomKey> keys = question.getKeysList().stream()
                .map(key -> RoomKey.ofStream(key.getTenant(), key.getStream()))
                .toList();
        return parts.live().findAll(keys).map(rooms -> {
            StreamHeads.Builder answer = StreamHeads.newBuilder();
            for (int i = 0; i < keys.size(); i++) {
                RoomKey key = keys.get(i);
                rooms.get(i)
                        .ifPresent(room -> answer.addHeads(StreamHead.newBuilder()
                                .setKey(StreamKey.newBuilder()
                                        .setTenant(key.tenant())
                                        .setStream(key.stream()))
                                .setPosition(room.position())));
            }
            return answer.build();
        });
    }
}
