package io.parley.signaling;

import io.parley.kernel.bus.Refusal;
import io.parley.kernel.contract.CommandContracts;
import io.parley.kernel.contract.StreamContracts;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.bus.v1.StreamAuthorize;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.ParticipantRole;
import io.parley.signaling.domain.RoomFacts;
import io.parley.signaling.domain.RoomKey;
import io.parley.signaling.store.PgRooms;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Who may do what in a room. A room of a channel is for those who may read the channel: chat is asked each time. A room
 * that the caller may not know of does not exist for them.
 */
final class RoomAccess {
    private static final String MANAGES = "remove-members";

    private final SignalingParts parts;

    RoomAccess(SignalingParts parts) {
        this.parts = parts;
    }

    /**
     * A room, as its caller may treat it.
     *
     * @param manages may close it and take people out
     */
    record Entry(RoomFacts room, boolean manages, ParticipantRole role) {}

    /** Fails with ROOM_NOT_FOUND for what is not there, closed, or not for this caller. */
    Future<Entry> enter(Caller caller, String roomId) {
        return find(caller, roomId)
                .compose(room -> room.closedAtMillis() > 0
                        ? Future.failedFuture(Refusal.of(ErrorCode.ROOM_NOT_FOUND))
                        : entry(caller, room));
    }

    /** As {@link #enter}, and refuses whoever does not manage the room. Closed rooms are found too. */
    Future<Entry> manage(Caller caller, String roomId) {
        return find(caller, roomId)
                .compose(room -> entry(caller, room))
                .compose(entry -> entry.manages()
                        ? Future.succeededFuture(entry)
                        : Future.failedFuture(Refusal.of(ErrorCode.FORBIDDEN)));
    }

    /** Whether the caller may read this channel, for a room that is to be made for it. */
    Future<Void> requireMember(Caller caller, String channelId) {
        return channel(caller, channelId).mapEmpty();
    }

    private Future<RoomFacts> find(Caller caller, String roomId) {
        var key = new RoomKey(caller.getTenant(), roomId);
        return parts.transactions()
                .read(sql -> PgRooms.find(sql, key))
                .compose(found -> found.map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(Refusal.of(ErrorCode.ROOM_NOT_FOUND))));
    }

    private Future<Entry> entry(Caller caller, RoomFacts room) {
        boolean created = room.createdBy().equals(caller.getUserId());
        boolean admin = caller.getRolesList().contains("admin");
        var role = created ? ParticipantRole.HOST : ParticipantRole.VIEWER;
        if (room.channelId().isEmpty() || admin) {
            return Future.succeededFuture(new Entry(room, created || admin, role));
        }
        return channel(caller, room.channelId())
                .map(moderates -> new Entry(room, created || moderates, role))
                .recover(failure -> Future.failedFuture(
                        failure instanceof Refusal refusal && hides(refusal)
                                ? Refusal.of(ErrorCode.ROOM_NOT_FOUND)
                                : failure));
    }

    private static boolean hides(Refusal refusal) {
        return switch (refusal.code()) {
            case NOT_A_MEMBER, CHANNEL_NOT_FOUND, NOT_INVITED, STREAM_NOT_FOUND -> true;
            default -> false;
        };
    }

    /** Whether the caller moderates a channel that they may read; fails for others. */
    private Future<Boolean> channel(Caller caller, String channelId) {
        var question = StreamAuthorize.newBuilder()
                .setCaller(caller)
                .setStream("ch:" + channelId)
                .build();
        return parts.nodes()
                .askRole(
                        CommandContracts.CHAT_ROLE,
                        StreamContracts.AUTHORIZE_CHANNEL,
                        question,
                        parts.config().answerLimit(),
                        true)
                .compose(answer -> Optional.of(answer)
                        .filter(given -> !given.hasError())
                        .map(given -> Future.succeededFuture(
                                given.getOwn().getCapabilitiesList().contains(MANAGES)))
                        .orElseGet(() -> Future.failedFuture(Refusal.fromError(answer.getError()))));
    }
}
