package io.parley.signaling;

import com.google.protobuf.util.Timestamps;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.contract.RequestHash;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.bus.v1.FocusCommand;
import io.parley.schema.v1.CloseRoom;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.CreateRoom;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.GetRoom;
import io.parley.schema.v1.ListRooms;
import io.parley.schema.v1.Ok;
import io.parley.schema.v1.Room;
import io.parley.schema.v1.RoomResult;
import io.parley.schema.v1.Rooms;
import io.parley.signaling.domain.RoomFacts;
import io.parley.signaling.domain.RoomKey;
import io.parley.signaling.live.LiveRoom;
import io.parley.signaling.store.PgRooms;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/** Makes rooms, shows them, ends them. */
final class RoomCommands {
    private static final int LIST_DEFAULT = 25;

    private final SignalingParts parts;
    private final RoomAccess access;
    private final Focus focus;

    RoomCommands(SignalingParts parts, RoomAccess access) {
        this.parts = parts;
        this.access = access;
        this.focus = new Focus(parts);
    }

    /**
     * The same idempotency key makes one room, and gets the same answer as long as the room is known. Whoever asks for
     * a channel's room and names none gets the one that is open: two who want to meet at once do meet.
     */
    Future<Ok.Builder> create(Caller caller, Cmd cmd) {
        CreateRoom wanted = cmd.getCreateRoom();
        var room = new RoomFacts(
                new RoomKey(caller.getTenant(), wanted.getId().isEmpty() ? parts.fresh("room-") : wanted.getId()),
                wanted.getName(),
                wanted.getChannelId(),
                wanted.getParticipantLimit() == 0 ? parts.config().participantLimit() : wanted.getParticipantLimit(),
                caller.getUserId(),
                parts.node().clock().wallMillis(),
                0);
        Buffer hash = Buffer.buffer(RequestHash.of(cmd));
        Future<Void> allowed = wanted.getChannelId().isEmpty()
                ? Future.succeededFuture()
                : access.requireMember(caller, wanted.getChannelId());
        boolean isShared = wanted.getId().isEmpty() && !wanted.getChannelId().isEmpty();
        return allowed.compose(_ -> parts.transactions()
                        .write(sql -> isShared
                                ? PgRooms.insertFirst(sql, room, cmd.getKey(), hash)
                                : PgRooms.insert(sql, room, cmd.getKey(), hash)))
                .compose(made -> made ? made(room) : existing(room, cmd.getKey(), hash, isShared));
    }

    private Future<Ok.Builder> made(RoomFacts room) {
        return parts.live()
                .open(room.key())
                .map(live -> Ok.newBuilder().setCreateRoom(result(room, Optional.of(live))));
    }

    private Future<Ok.Builder> existing(RoomFacts room, String key, Buffer hash, boolean isShared) {
        if (key.isEmpty()) {
            return open(room, isShared);
        }
        return parts.transactions()
                .read(sql -> PgRooms.findByKey(sql, room.key().tenant(), room.createdBy(), key))
                .compose(known -> {
                    if (known.isEmpty()) {
                        return open(room, isShared);
                    } else if (!known.get().requestHash().equals(hash)) {
                        return Future.failedFuture(Refusal.of(ErrorCode.IDEMPOTENCY_MISMATCH));
                    }
                    return made(known.get().room()).map(ok -> ok.setReplayed(true));
                });
    }

    /** The open room of the channel, when that will do. */
    private Future<Ok.Builder> open(RoomFacts room, boolean isShared) {
        if (!isShared) {
            return Future.failedFuture(Refusal.of(ErrorCode.ROOM_EXISTS));
        }
        return parts.transactions()
                .read(sql -> PgRooms.ofChannel(sql, room.key().tenant(), room.channelId(), 1))
                .compose(open -> open.isEmpty()
                        ? Future.failedFuture(Refusal.of(ErrorCode.ROOM_EXISTS))
                        : made(open.getFirst()));
    }

    Future<RoomResult.Builder> get(Caller caller, GetRoom command) {
        return access.enter(caller, command.getRoomId())
                .compose(entry -> parts.live().find(entry.room().key()).map(live -> result(entry.room(), live)));
    }

    Future<Rooms.Builder> list(Caller caller, ListRooms command) {
        int limit = command.getLimit() == 0 ? LIST_DEFAULT : command.getLimit();
        String tenant = caller.getTenant();
        Future<List<RoomFacts>> found = command.getChannelId().isEmpty()
                ? parts.transactions().read(sql -> PgRooms.ofCreator(sql, tenant, caller.getUserId(), limit))
                : access.requireMember(caller, command.getChannelId())
                        .compose(_ -> parts.transactions()
                                .read(sql -> PgRooms.ofChannel(sql, tenant, command.getChannelId(), limit)));
        return found.compose(rooms -> parts.live()
                .findAll(rooms.stream().map(RoomFacts::key).toList())
                .map(lives -> {
                    Rooms.Builder answer = Rooms.newBuilder();
                    for (int i = 0; i < rooms.size(); i++) {
                        answer.addRooms(room(rooms.get(i), lives.get(i)));
                    }
                    return answer;
                }));
    }

    /** Closing twice succeeds. */
    Future<Done> close(Caller caller, CloseRoom command) {
        return access.manage(caller, command.getRoomId()).compose(entry -> {
            RoomKey key = entry.room().key();
            long now = parts.node().clock().wallMillis();
            return parts.transactions()
                    .write(sql -> PgRooms.close(sql, key, now))
                    .compose(first -> first ? end(key, caller.getUserId()) : Future.succeededFuture())
                    .map(Done.getDefaultInstance());
        });
    }

    /** The room is closed for good already; what a node does not hear now, it learns when people leave. */
    private Future<Void> end(RoomKey key, String by) {
        return parts.change(key, room -> room.close(by))
                .compose(_ -> focus.ask(
                                key, "", FocusCommand.newBuilder().setClose(FocusCommand.Close.getDefaultInstance()))
                        .otherwiseEmpty())
                .mapEmpty();
    }

    private static RoomResult.Builder result(RoomFacts facts, Optional<LiveRoom> live) {
        RoomResult.Builder result = RoomResult.newBuilder().setRoom(room(facts, live));
        live.ifPresent(room -> result.addAllParticipants(room.participants().values()));
        return result;
    }

    static Room room(RoomFacts facts, Optional<LiveRoom> live) {
        return Room.newBuilder()
                .setId(facts.key().id())
                .setName(facts.name())
                .setChannelId(facts.channelId())
                .setCreatedBy(facts.createdBy())
                .setCreatedAt(Timestamps.fromMillis(facts.createdAtMillis()))
                .setParticipantLimit(facts.participantLimit())
                .setParticipantCount(
                        live.map(room -> room.participants().size()).orElse(0))
                .build();
    }
}
