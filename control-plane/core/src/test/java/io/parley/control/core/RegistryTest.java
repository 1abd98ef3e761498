package io.parley.control.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Placement (R89, R260, R263, R264) in virtual time. */
class RegistryTest {
    private final Registry registry =
            new Registry(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(1));

    @Test
    void theRegionThenItsGroupThenAnywhere() {
        attach("far", "us-east");
        attach("near", "eu-north");
        assertEquals("near", place("eu-west"));
        attach("here", "eu-west");
        assertEquals("here", place("eu-west"));
        load("here", 0.8);
        assertEquals("near", place("eu-west"));
        load("near", 0.9);
        assertEquals("far", place("eu-west"));
        load("far", 0.95);
        assertEquals(Optional.empty(), registry.place("eu-west", 0));
    }

    @Test
    void aBurstBetweenTwoReportsIsSpread() {
        List.of("a", "b", "c", "d").forEach(id -> attach(id, "eu"));
        Map<String, Integer> placed = new HashMap<>();
        for (int n = 0; n < 1_000; n++) {
            placed.merge(registry.place("eu", 0).orElseThrow().id(), 1, Integer::sum);
        }
        assertEquals(Map.of("a", 250, "b", 250, "c", 250, "d", 250), placed);
        // reports that cannot have seen them yet do not forget them; later ones do
        registry.report("a", new Registry.Report(0, 0, true, false), 500);
        assertEquals(250, registry.find("a", 500).orElseThrow().reserved(), "they are still on their way");
        registry.report("a", new Registry.Report(0, 250, true, false), 2_000);
        assertEquals(0, registry.find("a", 2_000).orElseThrow().reserved());
    }

    @Test
    void whoIsSilentDrainingOrIllTakesNothingNew() {
        attach("a", "eu");
        assertEquals("a", place("eu"));
        registry.report("a", new Registry.Report(0, 0, false, false), 100);
        assertEquals(NodeState.UNHEALTHY, state("a", 100));
        registry.report("a", new Registry.Report(0, 0, true, true), 200);
        assertEquals(NodeState.DRAINING, state("a", 200));
        registry.report("a", new Registry.Report(0, 0, true, false), 300);
        assertEquals(NodeState.READY, state("a", 3_299));
        assertEquals(NodeState.SILENT, state("a", 3_300));
        assertEquals(Optional.empty(), registry.place("eu", 3_300));
        assertEquals(Optional.empty(), registry.placeOn("a", 3_300));
        registry.report("a", new Registry.Report(0, 0, true, false), 4_000);
        registry.detach("a");
        assertEquals(NodeState.SILENT, state("a", 4_000), "without a stream nothing can be asked of it");
        assertEquals(List.of(), registry.lost(13_999));
        assertEquals(List.of("a"), registry.lost(14_000));
        assertEquals(Optional.empty(), registry.find("a", 14_000));
    }

    @Test
    void anotherProcessUnderTheSameNameIsToldApart() {
        assertFalse(registry.attach(facts("a", "eu", "1"), 0));
        assertFalse(registry.attach(facts("a", "eu", "1"), 10));
        assertTrue(registry.attach(facts("a", "eu", "2"), 20));
    }

    /** Never on a node that is full or not ready, whatever happened before. */
    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void whatIsPlacedHasRoom(long seed) {
        var random = new Random(seed);
        long now = 0;
        for (int step = 0; step < 2_000; step++) {
            now += random.nextInt(400);
            String id = "n" + random.nextInt(5);
            switch (random.nextInt(6)) {
                case 0 -> registry.attach(facts(id, "r-" + random.nextInt(3), "i" + random.nextInt(2)), now);
                case 1, 2 ->
                    registry.report(
                            id,
                            new Registry.Report(
                                    random.nextDouble(),
                                    random.nextInt(1_000),
                                    random.nextInt(9) > 0,
                                    random.nextInt(9) == 0),
                            now);
                case 3 -> registry.detach(id);
                case 4 -> registry.lost(now);
                default -> {
                    long at = now;
                    registry.place("r-1", now).ifPresent(chosen -> {
                        var node = registry.find(chosen.id(), at).orElseThrow();
                        assertEquals(NodeState.READY, node.state());
                        assertTrue(node.load() - 1.0 / 1_000 < Registry.FULL, node::toString);
                    });
                }
            }
        }
    }

    private static NodeFacts facts(String id, String region, String incarnation) {
        return new NodeFacts(id, incarnation, region, "127.0.0.1:1", 1_000);
    }

    private void attach(String id, String region) {
        registry.attach(facts(id, region, "1"), 0);
    }

    private void load(String id, double load) {
        registry.report(id, new Registry.Report(load, 0, true, false), 0);
    }

    private String place(String region) {
        return registry.place(region, 0).orElseThrow().id();
    }

    private NodeState state(String id, long nowMillis) {
        return registry.find(id, nowMillis).orElseThrow().state();
    }
}
