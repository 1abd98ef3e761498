package io.parley.media.node.control;

import io.parley.media.node.rooms.Joining;
import io.parley.media.sfu.allocation.Allocation;
import io.parley.media.sfu.allocation.Role;
import io.parley.media.sfu.room.RoomEvents.SlotMapping;
import io.parley.media.sfu.room.SourceKind;
import io.parley.media.sfu.room.Wishes;
import io.parley.media.transport.PeerState;
import io.parley.schema.control.v1.Join;
import io.parley.schema.control.v1.MediaState;
import io.parley.schema.control.v1.RoomEvent;
import io.parley.schema.v1.AllocationsChanged;
import io.parley.schema.v1.DemandChanged;
import io.parley.schema.v1.Participant;
import io.parley.schema.v1.ParticipantRole;
import io.parley.schema.v1.SetView;
import io.parley.schema.v1.Slot;
import io.parley.schema.v1.SlotsChanged;
import io.parley.schema.v1.SpeakersChanged;
import io.parley.schema.v1.Track;
import io.parley.schema.v1.TrackAllocation;
import io.parley.schema.v1.TrackDemand;
import io.parley.schema.v1.TrackIntent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Translates between the contract and the node's own types. A publication's id is its track's id. */
final class Wire {
    private Wire() {}

    /** Throws IllegalArgumentException for names that cannot be. */
    static Joining joining(Join join) {
        var kinds = new HashMap<String, SourceKind>();
        for (TrackIntent track : join.getTracksList()) {
            kinds.put(track.getMid(), kind(track.getKind()));
        }
        return new Joining(join.getRoom(), join.getParticipantId(), role(join.getRole()), join.getOffer(), kinds);
    }

    private static SourceKind kind(Track.Kind kind) {
        return switch (kind) {
            case MICROPHONE -> SourceKind.MICROPHONE;
            case CAMERA -> SourceKind.CAMERA;
            case SCREEN -> SourceKind.SCREEN;
            case SCREEN_AUDIO -> SourceKind.SCREEN_AUDIO;
            case UNRECOGNIZED -> throw new IllegalArgumentException("a track of an unknown kind");
        };
    }

    private static Track.Kind kind(SourceKind kind) {
        return switch (kind) {
            case MICROPHONE -> Track.Kind.MICROPHONE;
            case CAMERA -> Track.Kind.CAMERA;
            case SCREEN -> Track.Kind.SCREEN;
            case SCREEN_AUDIO -> Track.Kind.SCREEN_AUDIO;
        };
    }

    private static Role role(ParticipantRole role) {
        return switch (role) {
            case HOST -> Role.HOST;
            case CONTROLLER -> Role.CONTROLLER;
            case VIEWER -> Role.VIEWER;
            case UNRECOGNIZED -> throw new IllegalArgumentException("a participant of an unknown role");
        };
    }

    static Wishes wishes(SetView view) {
        var heights = new HashMap<String, Integer>();
        view.getHeightsList().forEach(height -> heights.put(height.getTrackId(), height.getHeight()));
        return new Wishes(
                new HashSet<>(view.getOnStageList()),
                new HashSet<>(view.getPinnedList()),
                Map.copyOf(heights),
                view.getDefaultHeight() == 0 ? Wishes.DEFAULT.defaultHeight() : view.getDefaultHeight(),
                view.getLastN() == 0 ? Wishes.DEFAULT.lastN() : view.getLastN(),
                !view.getNoAudio());
    }

    static RoomEvent.Builder state(PeerState state, String reason) {
        var told = switch (state) {
            case NEW, CHECKING -> Participant.State.JOINING;
            case CONNECTED -> Participant.State.CONNECTED;
            case SILENT, FAILED, CLOSED -> Participant.State.INTERRUPTED;
        };
        return RoomEvent.newBuilder()
                .setState(MediaState.newBuilder()
                        .setState(told)
                        .setEnded(state == PeerState.FAILED || state == PeerState.CLOSED)
                        .setReason(reason));
    }

    static RoomEvent.Builder slots(List<SlotMapping> slots) {
        var told = SlotsChanged.newBuilder();
        for (var slot : slots) {
            told.addSlots(Slot.newBuilder()
                    .setMid(slot.mid())
                    .setParticipantId(slot.participantId())
                    .setTrackId(slot.publicationId())
                    .setKind(kind(slot.kind())));
        }
        return RoomEvent.newBuilder().setSlots(told);
    }

    static RoomEvent.Builder allocations(List<Allocation> allocations) {
        var told = AllocationsChanged.newBuilder();
        for (var allocation : allocations) {
            told.addAllocations(TrackAllocation.newBuilder()
                    .setTrackId(allocation.id())
                    .setLayer(allocation.layer())
                    .setReason(reason(allocation.reason()))
                    .setBitrateBps(allocation.bitrateBps()));
        }
        return RoomEvent.newBuilder().setAllocations(told);
    }

    private static TrackAllocation.Reason reason(Allocation.Reason reason) {
        return switch (reason) {
            case BEST -> TrackAllocation.Reason.BEST;
            case VIEWPORT -> TrackAllocation.Reason.VIEWPORT;
            case ROLE -> TrackAllocation.Reason.ROLE;
            case BANDWIDTH -> TrackAllocation.Reason.BANDWIDTH;
            case LAST_N -> TrackAllocation.Reason.LAST_N;
            case HIDDEN -> TrackAllocation.Reason.HIDDEN;
            case OVERLOAD -> TrackAllocation.Reason.OVERLOAD;
            case NOT_SENT -> TrackAllocation.Reason.NOT_SENT;
        };
    }

    static RoomEvent.Builder demand(String publication, int topLayer) {
        return RoomEvent.newBuilder()
                .setDemand(DemandChanged.newBuilder()
                        .setDemand(
                                TrackDemand.newBuilder().setTrackId(publication).setTopLayer(topLayer)));
    }

    static RoomEvent.Builder speakers(List<String> participants) {
        return RoomEvent.newBuilder().setSpeakers(SpeakersChanged.newBuilder().addAllParticipantIds(participants));
    }

    static RoomEvent.Builder shedding(String reason) {
        return RoomEvent.newBuilder().setShedding(reason);
    }
}
