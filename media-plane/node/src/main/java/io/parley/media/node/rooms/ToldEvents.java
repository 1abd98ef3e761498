package io.parley.media.node.rooms;

import io.parley.media.sfu.allocation.Allocation;
import io.parley.media.sfu.room.Participant;
import io.parley.media.sfu.room.Publication;
import io.parley.media.sfu.room.RoomEvents;
import java.util.List;

/** Passes the events of one room on by name. */
record ToldEvents(String room, RoomListener listener) implements RoomEvents {
    @Override
    public void onSlots(Participant receiver, List<SlotMapping> slots) {
        listener.onSlots(room, receiver.id(), slots);
    }

    @Override
    public void onAllocation(Participant receiver, List<Allocation> allocations) {
        listener.onAllocation(room, receiver.id(), allocations);
    }

    @Override
    public void onNeeded(Publication publication, int topLayer) {
        listener.onNeeded(room, publication.id(), topLayer);
    }

    @Override
    public void onSpeakers(List<String> participants) {
        listener.onSpeakers(room, participants);
    }

    @Override
    public void onShedding(String reason) {
        listener.onShedding(room, reason);
    }
}
