package io.parley.media.node.control;

import io.parley.media.node.rooms.RoomListener;
import io.parley.media.sfu.allocation.Allocation;
import io.parley.media.sfu.room.RoomEvents.SlotMapping;
import io.parley.media.transport.PeerState;
import io.parley.schema.control.v1.RoomEvent;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events of rooms that wait for the stream. What a shard tells replaces what it told before about the same subject and
 * was not sent yet, so a slow stream gets the newest and no shard waits for it. Shards add; one thread takes.
 */
final class EventOutbox implements RoomListener {
    private enum Subject {
        STATE,
        SLOTS,
        ALLOCATIONS,
        DEMAND,
        SHEDDING
    }

    /** {@code whom} is a participant, or a publication for DEMAND; empty for the whole room. */
    private record Key(String room, String whom, Subject subject) {}

    private final Map<Key, Supplier<RoomEvent.Builder>> newest = new ConcurrentHashMap<>();
    private final Queue<Key> order = new ConcurrentLinkedQueue<>();
    private final Map<String, List<String>> speakers = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final Runnable onWaiting;

    /** {@code onWaiting} is run by shards when something waits; it must not block. */
    EventOutbox(Runnable onWaiting) {
        this.onWaiting = onWaiting;
    }

    private void put(Key key, Supplier<RoomEvent.Builder> event) {
        if (waiting.get() >= Limits.EVENTS_WAITING && !newest.containsKey(key)) {
            dropped.incrementAndGet();
            return;
        }
        if (newest.put(key, event) == null) {
            waiting.incrementAndGet();
            order.add(key);
        }
        onWaiting.run();
    }

    /** The event that waits longest, or null. The stream's thread. */
    RoomEvent.@Nullable Builder poll() {
        var key = order.poll();
        if (key == null) {
            return null;
        }
        waiting.decrementAndGet();
        var event = newest.remove(key);
        if (event == null) {
            throw new IllegalStateException("an event was taken by another thread");
        }
        var built = event.get().setRoom(key.room);
        return switch (key.subject) {
            case STATE, SLOTS, ALLOCATIONS -> built.setParticipantId(key.whom);
            case DEMAND -> built.setParticipantId(key.whom.substring(0, Math.max(0, key.whom.lastIndexOf('/'))));
            case SHEDDING -> built;
        };
    }

    /**
     * Who speaks in a room where that changed since the last call, or null. The stream's thread, a few times a second.
     */
    RoomEvent.@Nullable Builder pollSpeakers() {
        var rooms = speakers.keySet().iterator();
        if (!rooms.hasNext()) {
            return null;
        }
        String room = rooms.next();
        var who = speakers.remove(room);
        return Wire.speakers(who == null ? List.of() : who).setRoom(room);
    }

    /** How many events were dropped because too many waited. */
    long dropped() {
        return dropped.get();
    }

    @Override
    public void onState(String room, String participant, PeerState state, String reason) {
        put(new Key(room, participant, Subject.STATE), () -> Wire.state(state, reason));
    }

    @Override
    public void onSlots(String room, String participant, List<SlotMapping> slots) {
        put(new Key(room, participant, Subject.SLOTS), () -> Wire.slots(slots));
    }

    @Override
    public void onAllocation(String room, String participant, List<Allocation> allocations) {
        put(new Key(room, participant, Subject.ALLOCATIONS), () -> Wire.allocations(allocations));
    }

    @Override
    public void onNeeded(String room, String publication, int topLayer) {
        put(new Key(room, publication, Subject.DEMAND), () -> Wire.demand(publication, topLayer));
    }

    @Override
    public void onShedding(String room, String reason) {
        put(new Key(room, "", Subject.SHEDDING), () -> Wire.shedding(reason));
    }

    @Override
    public void onSpeakers(String room, List<String> participants) {
        if (speakers.size() < Limits.EVENTS_WAITING || speakers.containsKey(room)) {
            speakers.put(room, participants);
        } else {
            dropped.incrementAndGet();
        }
    }
}
