package io.parley.signaling;

import io.parley.kernel.bus.Refusal;
import io.parley.kernel.contract.CommandContracts;
import io.parley.kernel.contract.CommandServer;
import io.parley.kernel.contract.RoomContracts;
import io.parley.kernel.contract.StreamContracts;
import io.parley.kernel.node.NodeContext;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.bus.v1.Command;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Ok;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Serves commands of rooms, their "call:" streams, and what the focus reports. Keeps nothing that may not be lost. */
final class SignalingVerticle extends VerticleBase {
    private final NodeContext node;
    private final SignalingConfig config;

    SignalingVerticle(NodeContext node, SignalingConfig config) {
        this.node = node;
        this.config = config;
    }

    @Override
    public Future<?> start() {
        var parts = SignalingParts.of(node, config);
        var access = new RoomAccess(parts);
        var rooms = new RoomCommands(parts, access);
        var people = new ParticipantCommands(parts, access);
        var streams = new RoomStreams(parts, access);
        var reports = new RoomReports(parts);
        var bus = vertx.eventBus();
        String id = node.nodeId();
        return Future.all(List.of(
                CommandServer.serve(bus, CommandContracts.SIGNALING.at(id), command -> execute(command, rooms, people))
                        .completion(),
                StreamContracts.AUTHORIZE_CALL
                        .at(id)
                        .serve(bus, streams::authorize)
                        .completion(),
                StreamContracts.READ_CALL.at(id).serve(bus, streams::read).completion(),
                StreamContracts.CALL_HEADS.at(id).serve(bus, streams::heads).completion(),
                RoomContracts.REPORT.at(id).serve(bus, reports::take).completion()));
    }

    private Future<Ok> execute(Command command, RoomCommands rooms, ParticipantCommands people) {
        long deadline = command.getDeadlineWallMillis();
        if (deadline > 0 && deadline < node.clock().wallMillis()) {
            return Future.failedFuture(Refusal.of(ErrorCode.TIMEOUT)); // nobody waits for it any more
        }
        Caller caller = command.getCaller();
        Cmd cmd = command.getCmd();
        Ok.Builder ok = Ok.newBuilder();
        return (switch (cmd.getCommandCase()) {
                    case CREATE_ROOM -> rooms.create(caller, cmd);
                    case GET_ROOM -> rooms.get(caller, cmd.getGetRoom()).map(ok::setGetRoom);
                    case LIST_ROOMS -> rooms.list(caller, cmd.getListRooms()).map(ok::setListRooms);
                    case CLOSE_ROOM -> rooms.close(caller, cmd.getCloseRoom()).map(ok::setCloseRoom);
                    case JOIN_ROOM -> people.join(caller, cmd.getJoinRoom()).map(ok::setJoinRoom);
                    case LEAVE_ROOM -> people.leave(caller, cmd.getLeaveRoom()).map(ok::setLeaveRoom);
                    case RESTART_ICE ->
                        people.restart(caller, cmd.getRestartIce()).map(ok::setRestartIce);
                    case SET_TRACKS ->
                        people.setTracks(caller, cmd.getSetTracks()).map(ok::setSetTracks);
                    case SET_VIEW -> people.setView(caller, cmd.getSetView()).map(ok::setSetView);
                    case GET_SEAT -> people.seat(caller, cmd.getGetSeat()).map(ok::setGetSeat);
                    case REMOVE_PARTICIPANT ->
                        people.remove(caller, cmd.getRemoveParticipant()).map(ok::setRemoveParticipant);
                    default -> Future.<Ok.Builder>failedFuture(Refusal.of(ErrorCode.UNKNOWN_COMMAND));
                })
                .map(Ok.Builder::build);
    }
}
