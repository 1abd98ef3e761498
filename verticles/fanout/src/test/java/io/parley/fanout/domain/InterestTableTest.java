package io.parley.fanout.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.schema.StreamId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class InterestTableTest {
    private static final StreamId STREAM = new StreamId("t", "ch:1");

    private final InterestTable table = new InterestTable();

    @Test
    void nodesAreToldOfWhatTheyAddedUntilTheyRemoveIt() {
        table.add("g1", STREAM, 0);
        table.add("g1", STREAM, 0);
        table.add("g2", STREAM, 0);
        assertEquals(Set.of("g1", "g2"), table.nodes(STREAM));
        table.remove("g1", STREAM);
        table.remove("g1", STREAM);
        assertEquals(Set.of("g2"), table.nodes(STREAM));
        table.remove("g2", STREAM);
        assertEquals(0, table.streams());
    }

    @Test
    void tenantsDoNotMeet() {
        table.add("g1", STREAM, 0);
        assertEquals(Set.of(), table.nodes(new StreamId("other", "ch:1")));
    }

    @Test
    void aLostChangeShowsInTheHash_andTheFullDigestRepairsIt() {
        table.add("g1", STREAM, 0);
        assertTrue(table.confirm("g1", STREAM.shard(), STREAM.stableHash(), 1));
        assertFalse(table.confirm("g1", STREAM.shard(), 0, 1), "the removal was lost");
        table.replace("g1", STREAM.shard(), List.of(), 1);
        assertTrue(table.confirm("g1", STREAM.shard(), 0, 1));
        assertFalse(table.confirm("g1", STREAM.shard(), STREAM.stableHash(), 1), "the addition was lost");
        table.replace("g1", STREAM.shard(), List.of(STREAM), 1);
        assertTrue(table.interested("g1", STREAM));
    }

    @Test
    void aFullDigestCannotReachIntoOtherShards() {
        StreamId foreign = new StreamId("t", "ch:2");
        table.replace("g1", STREAM.shard(), List.of(STREAM, foreign), 1);
        assertEquals(STREAM.shard() == foreign.shard(), table.interested("g1", foreign));
    }

    @Test
    void deadNodesAndUnconfirmedInterestAreForgotten() {
        table.add("dead", STREAM, 100);
        table.add("silent", STREAM, 10);
        table.add("fresh", STREAM, 10);
        table.confirm("fresh", STREAM.shard(), STREAM.stableHash(), 90);
        table.expire(node -> !node.equals("dead"), 50);
        assertEquals(Set.of("fresh"), table.nodes(STREAM));
    }
}
