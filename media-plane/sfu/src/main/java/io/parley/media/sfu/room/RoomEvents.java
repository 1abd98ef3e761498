package io.parley.media.sfu.room;

import io.parley.media.sfu.allocation.Allocation;
import java.util.List;

/** Told what changes in a room, on the room's thread. Must neither block nor throw. */
public interface RoomEvents {
    /** Who is in {@code receiver}'s slots from now on: all slots that carry something, in their order. */
    default void onSlots(Participant receiver, List<SlotMapping> slots) {}

    /** What {@code receiver} gets of each video source, and why not more. */
    default void onAllocation(Participant receiver, List<Allocation> allocations) {}

    /**
     * The highest encoding, or spatial layer of an SVC stream, that anybody needs of {@code publication}; -1 for none:
     * what is above need not be encoded.
     */
    default void onNeeded(Publication publication, int topLayer) {}

    /** Who speaks: the ids of participants, the dominant one first; empty when nobody ever spoke. */
    default void onSpeakers(List<String> participants) {}

    /** The node sheds load in this room, or stops doing so when {@code reason} is empty. */
    default void onShedding(String reason) {}

    /** A slot and the publication that is in it. */
    record SlotMapping(int slot, String mid, String publicationId, String participantId, SourceKind kind) {}
}
