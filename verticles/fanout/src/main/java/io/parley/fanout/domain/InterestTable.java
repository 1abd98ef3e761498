package io.parley.fanout.domain;

import io.parley.schema.StreamId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which nodes want to hear of which stream. Per node and shard it keeps a hash of the streams, so that a node can check
 * in a few bytes that the table is right. What a node stops confirming is forgotten. Owned by one thread.
 */
public final class InterestTable {
    private record Corner(String nodeId, int shard) {}

    /** One node's interest in one shard. The hash is the exclusive or of the streams' hashes: order does not matter. */
    private static final class Cell {
        private final Set<StreamId> streams = new HashSet<>();
        private long hash;
        private long confirmedMillis;
    }

    private final Map<StreamId, Set<String>> nodesOfStream = new HashMap<>();
    private final Map<Corner, Cell> cells = new HashMap<>();

    public void add(String nodeId, StreamId stream, long nowMillis) {
        Cell cell = cells.computeIfAbsent(new Corner(nodeId, stream.shard()), _ -> new Cell());
        cell.confirmedMillis = nowMillis;
        if (cell.streams.add(stream)) {
            cell.hash ^= stream.stableHash();
            nodesOfStream.computeIfAbsent(stream, _ -> new HashSet<>()).add(nodeId);
        }
    }

    public void remove(String nodeId, StreamId stream) {
        Corner corner = new Corner(nodeId, stream.shard());
        Cell cell = cells.get(corner);
        if (cell == null || !cell.streams.remove(stream)) {
            return;
        }
        cell.hash ^= stream.stableHash();
        unlink(nodeId, stream);
        if (cell.streams.isEmpty()) {
            cells.remove(corner);
        }
    }

    /** Makes a node's interest in a shard exactly {@code streams}. */
    public void replace(String nodeId, int shard, Collection<StreamId> streams, long nowMillis) {
        forget(new Corner(nodeId, shard));
        streams.stream().filter(stream -> stream.shard() == shard).forEach(stream -> add(nodeId, stream, nowMillis));
    }

    /** True when the table holds just what the node says it should; that confirms the interest. */
    public boolean confirm(String nodeId, int shard, long hash, long nowMillis) {
        Cell cell = cells.get(new Corner(nodeId, shard));
        if (cell == null) {
            return hash == 0;
        }
        cell.confirmedMillis = nowMillis;
        return cell.hash == hash;
    }

    /** Forgets nodes that are gone, and what was last confirmed before {@code oldestMillis}. */
    public void expire(Predicate<String> alive, long oldestMillis) {
        List<Corner> gone = cells.entrySet().stream()
                .filter(entry ->
                        !alive.test(entry.getKey().nodeId()) || entry.getValue().confirmedMillis < oldestMillis)
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(this::forget);
    }

    /** The nodes to tell of an event in {@code stream}. */
    public Set<String> nodes(StreamId stream) {
        return nodesOfStream.getOrDefault(stream, Set.of());
    }

    public boolean interested(String nodeId, StreamId stream) {
        return nodes(stream).contains(nodeId);
    }

    public int streams() {
        return nodesOfStream.size();
    }

    private void forget(Corner corner) {
        Cell cell = cells.remove(corner);
        if (cell != null) {
            cell.streams.forEach(stream -> unlink(corner.nodeId(), stream));
        }
    }

    private void unlink(String nodeId, StreamId stream) {
        Set<String> nodes = nodesOfStream.get(stream);
        if (nodes != null && nodes.remove(nodeId) && nodes.isEmpty()) {
            nodesOfStream.remove(stream);
        }
    }
}
