package io.parley.signaling;

import com.google.protobuf.util.Timestamps;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.bus.v1.FocusCommand;
import io.parley.schema.bus.v1.FocusOutcome;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.GetSeat;
import io.parley.schema.v1.IceRestarted;
import io.parley.schema.v1.JoinResult;
import io.parley.schema.v1.JoinRoom;
import io.parley.schema.v1.LeaveRoom;
import io.parley.schema.v1.Participant;
import io.parley.schema.v1.ParticipantLeft.Cause;
import io.parley.schema.v1.ParticipantResult;
import io.parley.schema.v1.RemoveParticipant;
import io.parley.schema.v1.RestartIce;
import io.parley.schema.v1.Seat;
import io.parley.schema.v1.SeatResult;
import io.parley.schema.v1.SetTracks;
import io.parley.schema.v1.SetView;
import io.parley.schema.v1.Track;
import io.parley.schema.v1.TrackIntent;
import io.parley.signaling.RoomAccess.Entry;
import io.parley.signaling.domain.RoomKey;
import io.parley.signaling.live.LiveRoom;
import io.parley.signaling.live.OfferedTracks;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets people into rooms and out. The node answers first, then the room is told: whoever is in a room has media, and
 * what a crash leaves in between is a transport nobody connects to, which the node ends by itself.
 */
final class ParticipantCommands {
    private static final long FULL_RETRY_MILLIS = 5_000;

    private final SignalingParts parts;
    private final RoomAccess access;
    private final Focus focus;

    ParticipantCommands(SignalingParts parts, RoomAccess access) {
        this.parts = parts;
        this.access = access;
        this.focus = new Focus(parts);
    }

    Future<JoinResult.Builder> join(Caller caller, JoinRoom command) {
        return access.enter(caller, command.getRoomId())
                .compose(entry -> parts.live().open(entry.room().key()).compose(room -> {
                    requireRoom(entry, room);
                    return admit(caller, command, entry);
                }));
    }

    private Future<JoinResult.Builder> admit(Caller caller, JoinRoom command, Entry entry) {
        RoomKey key = entry.room().key();
        Participant self = participant(caller, command, entry);
        var question = FocusCommand.newBuilder()
                .setJoin(FocusCommand.Join.newBuilder()
                        .setUserId(caller.getUserId())
                        .setRole(self.getRole())
                        .setOffer(command.getOffer())
                        .addAllTracks(command.getTracksList())
                        .setRegion(command.getRegion()));
        return focus.ask(key, self.getId(), question)
                .compose(placed -> parts.change(key, room -> {
                            requireRoom(entry, room);
                            return room.join(self);
                        })
                        .map(change -> joined(entry, self, placed, change.after()))
                        .onFailure(_ -> hangUp(key, self.getId())));
    }

    private static void requireRoom(Entry entry, LiveRoom room) {
        if (room.participants().size() >= entry.room().participantLimit()) {
            throw Refusal.after(ErrorCode.ROOM_FULL, FULL_RETRY_MILLIS);
        }
    }

    private Participant participant(Caller caller, JoinRoom command, Entry entry) {
        String id = parts.fresh("p-");
        return Participant.newBuilder()
                .setId(id)
                .setUserId(caller.getUserId())
                .setName(caller.getName())
                .setRole(entry.role())
                .setState(Participant.State.JOINING)
                .setJoinedAt(Timestamps.fromMillis(parts.node().clock().wallMillis()))
                .addAllTracks(OfferedTracks.of(id, command.getOffer(), command.getTracksList()))
                .build();
    }

    private static JoinResult.Builder joined(Entry entry, Participant self, FocusOutcome placed, LiveRoom room) {
        return JoinResult.newBuilder()
                .setRoom(RoomCommands.room(entry.room(), Optional.of(room)))
                .setSelf(self)
                .setAnswer(placed.getAnswer())
                .setAssignment(placed.getAssignment())
                .addAllParticipants(room.participants().values())
                .setPosition(room.position());
    }

    /** Leaving where one is not succeeds; another's seat is not one's to leave. */
    Future<Done> leave(Caller caller, LeaveRoom command) {
        var key = new RoomKey(caller.getTenant(), command.getRoomId());
        return out(key, command.getParticipantId(), Cause.LEFT, who -> requireOwn(caller, who));
    }

    Future<Done> remove(Caller caller, RemoveParticipant command) {
        return access.manage(caller, command.getRoomId())
                .compose(entry -> out(entry.room().key(), command.getParticipantId(), Cause.REMOVED, _ -> {}));
    }

    private Future<Done> out(RoomKey key, String participantId, Cause cause, Consumer<Participant> allowed) {
        return parts.live()
                .find(key)
                .compose(found ->
                        found.flatMap(room -> room.find(participantId)).isEmpty()
                                ? Future.<LiveRoom.Change>succeededFuture()
                                : parts.change(key, room -> {
                                    room.find(participantId).ifPresent(allowed);
                                    return room.leave(List.of(participantId), cause);
                                }))
                .onSuccess(change -> {
                    if (change != null) {
                        hangUp(key, participantId);
                    }
                })
                .map(Done.getDefaultInstance());
    }

    /** Best effort: a transport nobody speaks for ends by itself. */
    private void hangUp(RoomKey key, String participantId) {
        focus.ask(key, participantId, FocusCommand.newBuilder().setLeave(FocusCommand.Leave.getDefaultInstance()));
        parts.live().dropSeats(key, List.of(participantId));
    }

    Future<IceRestarted.Builder> restart(Caller caller, RestartIce command) {
        var key = new RoomKey(caller.getTenant(), command.getRoomId());
        var question = FocusCommand.newBuilder()
                .setRestart(FocusCommand.Restart.newBuilder().setOffer(command.getOffer()));
        return own(caller, key, command.getParticipantId())
                .compose(who -> focus.ask(key, who.getId(), question))
                .map(placed -> IceRestarted.newBuilder().setAnswer(placed.getAnswer()));
    }

    /** What a section carries is fixed when joining; whether it is muted may change. */
    Future<ParticipantResult.Builder> setTracks(Caller caller, SetTracks command) {
        var key = new RoomKey(caller.getTenant(), command.getRoomId());
        String id = command.getParticipantId();
        return parts.change(key, room -> {
                    Participant who = room.find(id).orElseThrow(() -> Refusal.of(ErrorCode.PARTICIPANT_NOT_FOUND));
                    requireOwn(caller, who);
                    return room.update(id, before -> muted(before, command.getTracksList()));
                })
                .map(change -> ParticipantResult.newBuilder()
                        .setParticipant(change.after().find(id).orElseThrow()));
    }

    private static Participant muted(Participant who, List<TrackIntent> intents) {
        Participant.Builder changed = who.toBuilder();
        for (TrackIntent intent : intents) {
            int index = who.getTracksList().stream().map(Track::getMid).toList().indexOf(intent.getMid());
            if (index < 0) {
                throw Refusal.violation("tracks", "known", "media ids of sections that were offered to send");
            }
            changed.getTracksBuilder(index).setMuted(intent.getMuted());
        }
        return changed.build();
    }

    Future<Done> setView(Caller caller, SetView command) {
        var key = new RoomKey(caller.getTenant(), command.getRoomId());
        return own(caller, key, command.getParticipantId())
                .compose(who ->
                        focus.ask(key, who.getId(), FocusCommand.newBuilder().setView(command)))
                .map(Done.getDefaultInstance());
    }

    /** One's own, or anybody's for whoever manages the room. */
    Future<SeatResult.Builder> seat(Caller caller, GetSeat command) {
        var key = new RoomKey(caller.getTenant(), command.getRoomId());
        String id = command.getParticipantId();
        Future<Participant> allowed = here(key, id)
                .compose(who -> who.getUserId().equals(caller.getUserId())
                        ? Future.succeededFuture(who)
                        : access.manage(caller, command.getRoomId()).map(who));
        return allowed.compose(who -> parts.live()
                .seat(key, id)
                .map(seat -> SeatResult.newBuilder()
                        .setSeat(seat.orElseGet(Seat::getDefaultInstance).toBuilder()
                                .setRoomId(key.id())
                                .setParticipantId(id)
                                .setState(who.getState()))));
    }

    private Future<Participant> own(Caller caller, RoomKey key, String participantId) {
        return here(key, participantId).map(who -> {
            requireOwn(caller, who);
            return who;
        });
    }

    private Future<Participant> here(RoomKey key, String participantId) {
        return parts.live()
                .find(key)
                .compose(found -> found.flatMap(room -> room.find(participantId))
                        .map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(Refusal.of(ErrorCode.PARTICIPANT_NOT_FOUND))));
    }

    private static void requireOwn(Caller caller, Participant who) {
        if (!who.getUserId().equals(caller.getUserId())) {
            throw Refusal.of(ErrorCode.NOT_IN_ROOM);
        }
    }
}
