package io.parley.signaling;

import com.google.protobuf.util.Timestamps;
import io.parley.schema.bus.v1.RoomReport;
import io.parley.schema.control.v1.MediaState;
import io.parley.schema.control.v1.RoomEvent;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.MediaStateChanged;
import io.parley.schema.v1.ParticipantLeft.Cause;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.Seat;
import io.parley.schema.v1.TrackDemand;
import io.parley.signaling.domain.RoomKey;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/** Takes what media nodes say of rooms: keeps it as seats, and tells it to those whom it concerns. */
final class RoomReports {
    private final SignalingParts parts;

    RoomReports(SignalingParts parts) {
        this.parts = parts;
    }

    /** Answered once it is stored, so that the focus can keep the order of one room. */
    Future<Done> take(RoomReport report) {
        var key = new RoomKey(report.getTenant(), report.getRoomId());
        Future<?> taken = switch (report.getReportCase()) {
            case EVENT -> event(key, report.getEvent());
            case LOST -> gone(key, report.getLost().getParticipantIdsList(), Cause.NODE_LOST);
            case REPORT_NOT_SET -> Future.succeededFuture();
        };
        return taken.map(Done.getDefaultInstance());
    }

    private Future<?> event(RoomKey key, RoomEvent event) {
        String who = event.getParticipantId();
        return switch (event.getEventCase()) {
            case STATE -> state(key, who, event.getState());
            case SLOTS ->
                seat(
                        key,
                        who,
                        Push.newBuilder().setSlotsChanged(event.getSlots()),
                        seat -> seat.clearSlots().addAllSlots(event.getSlots().getSlotsList()));
            case ALLOCATIONS ->
                seat(
                        key,
                        who,
                        Push.newBuilder().setAllocationsChanged(event.getAllocations()),
                        seat -> seat.clearAllocations()
                                .addAllAllocations(event.getAllocations().getAllocationsList()));
            case DEMAND ->
                seat(
                        key,
                        who,
                        Push.newBuilder().setDemandChanged(event.getDemand()),
                        seat -> demand(seat, event.getDemand().getDemand()));
            case SPEAKERS -> {
                tell(key, key.stream(), Push.newBuilder().setSpeakersChanged(event.getSpeakers()));
                yield Future.succeededFuture();
            }
            case SHEDDING, EVENT_NOT_SET -> Future.succeededFuture(); // for operators: the node's metrics say it
        };
    }

    private static void demand(Seat.Builder seat, TrackDemand demand) {
        for (int i = 0; i < seat.getDemandsCount(); i++) {
            if (seat.getDemands(i).getTrackId().equals(demand.getTrackId())) {
                seat.setDemands(i, demand);
                return;
            }
        }
        seat.addDemands(demand);
    }

    private Future<?> state(RoomKey key, String who, MediaState state) {
        if (state.getEnded()) {
            return gone(key, List.of(who), Cause.MEDIA_LOST);
        }
        tell(
                key,
                key.streamOf(who),
                Push.newBuilder()
                        .setMediaStateChanged(MediaStateChanged.newBuilder()
                                .setState(state.getState())
                                .setReason(state.getReason())));
        return parts.change(
                key,
                room -> room.update(
                        who,
                        before -> before.toBuilder().setState(state.getState()).build()));
    }

    private Future<?> gone(RoomKey key, List<String> participantIds, Cause cause) {
        return parts.change(key, room -> room.leave(participantIds, cause))
                .compose(_ -> parts.live().dropSeats(key, participantIds));
    }

    /** Stored first, then told: whoever hears of a change and asks for the seat finds it there. */
    private Future<?> seat(RoomKey key, String who, Push.Builder told, Consumer<Seat.Builder> how) {
        return parts.live()
                .seat(key, who)
                .compose(found -> {
                    Seat.Builder seat = found.orElseGet(Seat::getDefaultInstance).toBuilder()
                            .setRoomId(key.id())
                            .setParticipantId(who);
                    how.accept(seat);
                    return parts.live().keepSeat(key, seat.build());
                })
                .onSuccess(_ -> tell(key, key.streamOf(who), told));
    }

    /** Without an offset: whoever misses it reads the seat. */
    private void tell(RoomKey key, String stream, Push.Builder event) {
        parts.publish(
                key,
                List.of(event.setStream(stream)
                        .setAt(Timestamps.fromMillis(parts.node().clock().wallMillis()))
                        .build()));
    }
}
