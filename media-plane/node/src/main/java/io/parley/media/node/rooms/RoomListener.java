package io.parley.media.node.rooms;

import io.parley.media.sfu.allocation.Allocation;
import io.parley.media.sfu.room.RoomEvents.SlotMapping;
import io.parley.media.transport.PeerState;
import java.util.List;

/** Told what happens in the rooms of a node, on the thread of the room's shard. Must neither block nor throw. */
public interface RoomListener {
    /** A participant's transport is in another state; after FAILED and CLOSED they are out of the room. */
    default void onState(String room, String participant, PeerState state, String reason) {}

    /** Who is in a receiver's slots from now on. */
    default void onSlots(String room, String participant, List<SlotMapping> slots) {}

    /** What a receiver gets of each video, and why not more. */
    default void onAllocation(String room, String participant, List<Allocation> allocations) {}

    /** The highest encoding of a publication that anybody needs; -1 for none. */
    default void onNeeded(String room, String publication, int topLayer) {}

    /** Who speaks, the dominant one first. */
    default void onSpeakers(String room, List<String> participants) {}

    /** The node holds something back in a room, and why; no more when {@code reason} is empty. */
    default void onShedding(String room, String reason) {}
}
