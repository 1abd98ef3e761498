package io.parley.gateway.streams;

import io.parley.schema.Limits;
import io.parley.schema.StreamId;
import io.parley.schema.v1.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One stream as this node receives it: turns events that come late, twice or in disorder into a sequence without holes.
 * Owned by the hub.
 */
final class LocalStream {
    private static final long UNKNOWN = -1;

    private final StreamId id;
    private final int shard;
    private final Map<Outlet, Group> groups = new HashMap<>(2);
    /** Events behind a hole, or behind a position that is not known yet. */
    private final NavigableMap<Long, StreamEvent> held = new TreeMap<>();

    private String epoch = "";
    private long position = UNKNOWN;
    /** Where this node began: events up to here never passed through it. */
    private long beganAt = UNKNOWN;
    /** The newest offset known to exist. */
    private long head = UNKNOWN;

    /** Somebody is bringing what is missing. */
    boolean repairing;
    /** The log is being asked whether the epoch changed. */
    boolean verifying;
    /** It has a turn in the round of probes. */
    boolean probed;
    /** When the log is asked next where the stream stands. */
    long probeAtMillis;
    /** Since when nobody listens. */
    long idleSinceMillis;

    LocalStream(StreamId id) {
        this.id = id;
        this.shard = id.shard();
    }

    StreamId id() {
        return id;
    }

    int shard() {
        return shard;
    }

    Map<Outlet, Group> groups() {
        return groups;
    }

    boolean idle() {
        return groups.isEmpty();
    }

    boolean placed() {
        return position != UNKNOWN;
    }

    boolean sameEpoch(String other) {
        return epoch.equals(other);
    }

    /** Where this node stands. Only of a placed stream. */
    Position position() {
        return Position.newBuilder().setEpoch(epoch).setOffset(position).build();
    }

    /** The offset that this node has reached; -1 when it has no place yet. */
    long reached() {
        return position;
    }

    /**
     * True when all events behind {@code at} passed through this node since it stood at {@code reached}, so that a
     * subscription that has collected since then misses none.
     */
    boolean covers(Position at, long reached) {
        return !placed() || !sameEpoch(at.getEpoch()) || at.getOffset() >= Math.max(reached, beganAt);
    }

    boolean behind() {
        return placed() && position < head;
    }

    long missing() {
        return behind() ? head - position : 0;
    }

    /** Begins at a position, whatever was before. Gives the events behind it that are here already. */
    List<StreamEvent> place(Position at) {
        epoch = at.getEpoch();
        position = at.getOffset();
        beganAt = position;
        held.values().removeIf(event -> !event.push().getEpoch().equals(epoch));
        head = held.isEmpty() ? position : Math.max(position, held.lastKey());
        return advance();
    }

    /** Forgets where it stands, so that the next subscriber places it anew. */
    void displace() {
        epoch = "";
        position = UNKNOWN;
        head = UNKNOWN;
        held.clear();
    }

    /**
     * Takes an event with an offset; gives what can be delivered now. Its epoch is the stream's, or the stream has
     * none.
     */
    List<StreamEvent> take(StreamEvent event) {
        long offset = event.offset();
        head = placed() ? Math.max(head, offset) : UNKNOWN;
        if (placed() && offset <= position) {
            return List.of();
        } else if (placed() && offset == position + 1) {
            position = offset;
            List<StreamEvent> behind = advance();
            if (behind.isEmpty()) {
                return List.of(event);
            }
            List<StreamEvent> all = new ArrayList<>(behind.size() + 1);
            all.add(event);
            all.addAll(behind);
            return all;
        }
        hold(event);
        return List.of();
    }

    /** Events elsewhere say that the stream has come this far. True when that is news. */
    boolean heardOf(long offset) {
        if (!placed() || offset <= head) {
            return false;
        }
        head = offset;
        return offset > position;
    }

    /** The nearest events are kept: those far behind a hole are read again anyway. */
    private void hold(StreamEvent event) {
        held.putIfAbsent(event.offset(), event);
        if (held.size() > Limits.HELD_EVENTS_MAX) {
            held.pollLastEntry();
        }
    }

    private List<StreamEvent> advance() {
        held.headMap(position, true).clear();
        List<StreamEvent> ready = new ArrayList<>();
        for (Optional<StreamEvent> next = next(); next.isPresent(); next = next()) {
            position++;
            held.remove(position);
            ready.add(next.get());
        }
        return ready;
    }

    private Optional<StreamEvent> next() {
        return Optional.ofNullable(held.get(position + 1));
    }
}
