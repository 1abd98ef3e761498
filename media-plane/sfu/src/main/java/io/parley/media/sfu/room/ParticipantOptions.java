package io.parley.media.sfu.room;

import io.parley.media.rtp.extension.ExtensionMap;
import io.parley.media.sfu.Limits;
import io.parley.media.sfu.PayloadTypes;
import io.parley.media.sfu.allocation.Role;
import java.util.List;

/**
 * Who joins and what was negotiated with them.
 *
 * @param id unique in the room
 * @param slots in which they receive; their order is the slot's index in events
 */
public record ParticipantOptions(
        String id,
        Role role,
        PayloadTypes payloadTypes,
        ExtensionMap extensions,
        PacketSink sink,
        List<SlotOptions> slots) {
    public ParticipantOptions {
        slots = List.copyOf(slots);
        if (slots.size() > Limits.SLOTS) {
            throw new IllegalArgumentException("at most " + Limits.SLOTS + " slots");
        }
    }
}
