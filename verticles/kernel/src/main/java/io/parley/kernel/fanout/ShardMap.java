package io.parley.kernel.fanout;

import io.parley.schema.StreamId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which node owns which shard: consistent hashing with bounded loads. Pure: nodes with the same view compute the same
 * map without a word between them. No node owns more than {@link #LOAD_BOUND} times its fair share, and when a node
 * comes or goes, few shards move beyond those it gains or leaves behind.
 */
public final class ShardMap {
    /** A node's largest load, in fair shares. Smaller is more even, and moves more on a change. */
    public static final double LOAD_BOUND = 1.15;

    /** Places of each node on the ring. */
    private static final int PLACES = 160;

    /** Nobody owns anything: what is published is lost, and found again in the log. */
    public static final ShardMap EMPTY = new ShardMap(List.of());

    private final List<String> owners;
    private final String[] ownerOfShard;

    private ShardMap(List<String> owners) {
        this.owners = owners;
        this.ownerOfShard = owners.isEmpty() ? new String[0] : assign(owners);
    }

    /** The order of {@code nodeIds} does not matter. */
    public static ShardMap of(Collection<String> nodeIds) {
        return nodeIds.isEmpty() ? EMPTY : new ShardMap(List.copyOf(new TreeSet<>(nodeIds)));
    }

    /** Empty when no node can own shards. */
    public Optional<String> owner(int shard) {
        return ownerOfShard.length == 0 ? Optional.empty() : Optional.of(ownerOfShard[shard]);
    }

    public Optional<String> owner(StreamId stream) {
        return owner(stream.shard());
    }

    public List<String> owners() {
        return owners;
    }

    /** Each shard goes to the first node clockwise that has room; shards are placed in a fixed order. */
    private static String[] assign(List<String> owners) {
        NavigableMap<Long, String> ring = new TreeMap<>(Long::compareUnsigned);
        for (String owner : owners) {
            for (int place = 0; place < PLACES; place++) {
                ring.putIfAbsent(StreamId.stableHash(owner + "#" + place), owner);
            }
        }
        int capacity = (int) Math.ceil(LOAD_BOUND * StreamId.SHARDS / owners.size());
        Map<String, Integer> loads = new HashMap<>();
        String[] assigned = new String[StreamId.SHARDS];
        for (int shard = 0; shard < StreamId.SHARDS; shard++) {
            assigned[shard] = firstWithRoom(ring, StreamId.stableHash("shard" + shard), capacity, loads);
            loads.merge(assigned[shard], 1, Integer::sum);
        }
        return assigned;
    }

    private static String firstWithRoom(
            NavigableMap<Long, String> ring, long place, int capacity, Map<String, Integer> loads) {
        for (String owner : ring.tailMap(place, true).values()) {
            if (loads.getOrDefault(owner, 0) < capacity) {
                return owner;
            }
        }
        for (String owner : ring.values()) {
            if (loads.getOrDefault(owner, 0) < capacity) {
                return owner;
            }
        }
        throw new IllegalStateException("the capacities of all owners together exceed the number of shards");
    }
}
