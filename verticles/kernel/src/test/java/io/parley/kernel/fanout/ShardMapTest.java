package io.parley.kernel.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.schema.StreamId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShardMapTest {
    /** Computed by another program from the definition. */
    private static final long HASH_OF_T_CH_C1 = 8_132_789_984_904_239_774L;

    private static List<String> nodes(int count) {
        return IntStream.range(0, count).mapToObj(number -> "node-" + number).toList();
    }

    private static Map<String, Integer> loads(ShardMap map) {
        Map<String, Integer> loads = new HashMap<>();
        for (int shard = 0; shard < StreamId.SHARDS; shard++) {
            loads.merge(map.owner(shard).orElseThrow(), 1, Integer::sum);
        }
        return loads;
    }

    private static long moved(ShardMap before, ShardMap after) {
        return IntStream.range(0, StreamId.SHARDS)
                .filter(shard -> !before.owner(shard).equals(after.owner(shard)))
                .count();
    }

    @ParameterizedTest(name = "{0} nodes")
    @ValueSource(ints = {1, 2, 3, 5, 8, 20, 100})
    void noNodeOwnsMoreThanTheBound(int count) {
        Map<String, Integer> loads = loads(ShardMap.of(nodes(count)));
        int most = Collections.max(loads.values());
        assertTrue(most <= Math.ceil(ShardMap.LOAD_BOUND * StreamId.SHARDS / count), "most shards: " + most);
        assertEquals(count, loads.size(), "every node owns something");
    }

    @Test
    void theOrderInWhichNodesAreKnownDoesNotMatter() {
        List<String> shuffled = new ArrayList<>(nodes(7));
        Collections.shuffle(shuffled, new Random(1));
        assertEquals(0, moved(ShardMap.of(nodes(7)), ShardMap.of(shuffled)));
    }

    @ParameterizedTest(name = "one of {0} nodes goes")
    @CsvSource({"2", "3", "5", "10", "20"})
    void aChangeMovesLittleMoreThanTheShareOfTheNodeThatWent(int count) {
        ShardMap before = ShardMap.of(nodes(count));
        ShardMap after = ShardMap.of(nodes(count).subList(0, count - 1));
        long share = StreamId.SHARDS / count;
        assertTrue(moved(before, after) <= 2.5 * share, moved(before, after) + " moved, the share is " + share);
    }

    @Test
    void withoutNodesNobodyOwnsAnything() {
        assertEquals(Optional.empty(), ShardMap.of(List.of()).owner(5));
        assertEquals(List.of(), ShardMap.EMPTY.owners());
    }

    /** Part of the protocol between nodes: another release must place streams alike. */
    @Test
    void hashesAreStable() {
        assertTrue(new StreamId("ab", "c").stableHash() != new StreamId("a", "bc").stableHash());
        assertEquals(HASH_OF_T_CH_C1, new StreamId("t", "ch:c1").stableHash());
    }
}
