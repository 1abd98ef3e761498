package io.parley.kernel.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.kernel.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClusterViewTest {
    private static final ClusterNode A = new ClusterNode("a", Set.of("fanout", "gateway"), "here");
    private static final ClusterNode B = new ClusterNode("b", Set.of("gateway"), "there");

    @Test
    void equalViewsAreEqualWhateverTheOrder() {
        assertEquals(ClusterView.of(List.of(A, B)), ClusterView.of(List.of(B, A)));
        assertEquals(List.of("a", "b"), ClusterView.of(List.of(B, A)).withRole("gateway"));
        assertEquals(List.of("a"), ClusterView.of(List.of(B, A)).withRole("fanout"));
    }

    @Test
    void aNodeWithoutIdCannotExist() {
        assertThrows(IllegalArgumentException.class, () -> new ClusterNode(" ", Set.of(), "here"));
    }

    @Test
    void withoutMembersANodeIsAlone() {
        assertTrue(ClusterConfig.from(Settings.defaults()).alone());
        assertEquals(List.of("a"), new SingleNode("a", Set.of("fanout")).view().withRole("fanout"));
        ClusterConfig two = ClusterConfig.from(Settings.of(Map.of("cluster.members", "h1:5701,h2:5701")));
        assertEquals(List.of("h1:5701", "h2:5701"), two.members());
    }
}
