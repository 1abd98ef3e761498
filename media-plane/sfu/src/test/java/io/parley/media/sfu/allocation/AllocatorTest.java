package io.parley.media.sfu.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.sfu.allocation.Allocation.Reason;
import io.parley.media.sfu.allocation.Source.Attention;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllocatorTest {
    private static final List<Layer> SIMULCAST =
            List.of(new Layer(180, 150_000), new Layer(360, 500_000), new Layer(720, 2_000_000));

    private static final long FLOOR_BPS = 150_000;

    private static Source source(String id, Role role, Attention attention, int viewport, int rank) {
        return new Source(id, id, SIMULCAST, role, attention, viewport, rank, -1);
    }

    private static long sum(List<Allocation> allocations) {
        return allocations.stream().mapToLong(Allocation::bitrateBps).sum();
    }

    private static <T> T any(Random random, T[] all) {
        return all[random.nextInt(all.length)];
    }

    private static List<Source> room(Random random) {
        var sources = new ArrayList<Source>();
        for (int i = 0; i < 1 + random.nextInt(12); i++) {
            var role = any(random, Role.values());
            var attention = any(random, Attention.values());
            sources.add(source("s" + i, role, attention, random.nextInt(4) * 240, i));
        }
        return sources;
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void neverOverBudget_andMoreBandwidthNeverBringsLess(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            var sources = room(random);
            long before = 0;
            for (long bps = 0; bps < 20_000_000; bps += 250_000) {
                long used = sum(Allocator.allocate(sources, bps, 50_000, 6));
                assertTrue(used <= Math.max(FLOOR_BPS, bps - 50_000), "over budget");
                assertTrue(used >= before, "less of " + bps);
                before = used;
            }
        }
    }

    @Test
    void theStageIsRaisedFirst_andEveryoneKeepsTheFloor() {
        var stage = source("stage", Role.VIEWER, Attention.ON_STAGE, 720, 3);
        var host = source("host", Role.HOST, Attention.NORMAL, 720, 0);
        var allocations = Allocator.allocate(List.of(host, stage), 2_250_000, 50_000, 9);
        assertEquals(new Allocation("stage", 2, Reason.BEST, 2_000_000), allocations.get(0));
        assertEquals(new Allocation("host", 0, Reason.BANDWIDTH, 150_000), allocations.get(1));
    }

    @Test
    void whoComesFirstKeepsTheirLowestLayerWhateverTheBandwidth() {
        var stage = source("stage", Role.VIEWER, Attention.ON_STAGE, 720, 3);
        var other = source("other", Role.HOST, Attention.NORMAL, 720, 0);
        var allocations = Allocator.allocate(List.of(other, stage), 64_000, 50_000, 9);
        assertEquals(new Allocation("stage", 0, Reason.BANDWIDTH, 150_000), allocations.get(0));
        assertEquals(new Allocation("other", -1, Reason.BANDWIDTH, 0), allocations.get(1));
    }

    @Test
    void theRoleLimitsAllSourcesOfAParticipantTogether() {
        var camera = new Source("camera", "anna", SIMULCAST, Role.VIEWER, Attention.NORMAL, 720, 0, -1);
        var screen = new Source("screen", "anna", SIMULCAST, Role.VIEWER, Attention.SCREEN_SHARE, 720, 0, -1);
        var allocations = Allocator.allocate(List.of(camera, screen), 9_000_000, 50_000, 9);
        assertEquals(new Allocation("screen", 1, Reason.ROLE, 500_000), allocations.get(0));
        assertEquals(Reason.ROLE, allocations.get(1).reason());
        assertTrue(sum(allocations) <= Role.VIEWER.maxBps(), "together " + sum(allocations));
    }

    @Test
    void aRateThatWavesDoesNotMakeThePictureFlicker() {
        var random = new Random(3);
        int held = 1;
        for (int i = 0; i < 200; i++) {
            long top = (long) (1_900_000 * (0.96 + 0.08 * random.nextDouble()));
            var layers = List.of(new Layer(180, 150_000), new Layer(360, 500_000), new Layer(720, top));
            var source = new Source("a", "a", layers, Role.HOST, Attention.NORMAL, 720, 0, held);
            held = Allocator.allocate(List.of(source), 1_950_000, 0, 9)
                    .getFirst()
                    .layer();
            assertEquals(1, held, "at " + top);
        }
    }

    @Test
    void aReasonIsGivenForEverySource() {
        var sources = List.of(
                source("small", Role.HOST, Attention.NORMAL, 180, 0),
                source("hidden", Role.HOST, Attention.NORMAL, 0, 1),
                source("silent", Role.VIEWER, Attention.NORMAL, 180, 9),
                new Source("off", "off", List.of(), Role.HOST, Attention.PINNED, 720, 2, -1));
        var reasons = Allocator.allocate(sources, 9_000_000, 0, 1).stream()
                .collect(java.util.stream.Collectors.toMap(Allocation::id, Allocation::reason));
        assertEquals(
                Map.of(
                        "small", Reason.VIEWPORT,
                        "hidden", Reason.HIDDEN,
                        "silent", Reason.LAST_N,
                        "off", Reason.NOT_SENT),
                reasons);
    }

    @Test
    void thePublisherIsToldTheHighestLayerThatAnyoneNeeds() {
        var low = Allocator.allocate(List.of(source("a", Role.HOST, Attention.NORMAL, 180, 0)), 9_000_000, 0, 9);
        var high = Allocator.allocate(List.of(source("a", Role.HOST, Attention.NORMAL, 360, 0)), 9_000_000, 0, 9);
        assertEquals(Map.of("a", 1), Allocator.neededLayers(List.of(low, high)));
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void tenPercentOfNoiseDoesNotFlicker(long seed) {
        var random = new Random(seed);
        var hysteresis = new Hysteresis();
        long last = 0;
        int ups = 0;
        for (long now = 0; now < 120_000; now += 100) {
            long settled = hysteresis.settle((long) (1_000_000 * (0.9 + 0.2 * random.nextDouble())), now);
            ups += last > 0 && settled > last ? 1 : 0;
            last = settled;
        }
        assertEquals(0, ups);
    }

    @Test
    void theFirstClimbIsFollowedAtOnce_andLaterOnesMustHold() {
        var hysteresis = new Hysteresis();
        assertEquals(600_000, hysteresis.settle(600_000, 0));
        assertEquals(1_800_000, hysteresis.settle(1_800_000, 100));
        assertEquals(3_600_000, hysteresis.settle(3_600_000, 200));
        assertEquals(500_000, hysteresis.settle(500_000, 300));
        assertEquals(500_000, hysteresis.settle(3_600_000, 400));
        assertEquals(500_000, hysteresis.settle(3_600_000, 2_200));
        assertEquals(3_600_000, hysteresis.settle(3_600_000, 2_600));
        assertEquals(500_000, hysteresis.settle(500_000, 3_000), "taken back soon");
        assertEquals(500_000, hysteresis.settle(3_600_000, 3_100));
        assertEquals(500_000, hysteresis.settle(3_600_000, 6_900), "so the next must hold for longer");
        assertEquals(3_600_000, hysteresis.settle(3_600_000, 7_300));
    }

    @Test
    void aRiseGoesToWhatWasThereAllTheWhile_notToWhatThereWasWhenTheWaitBegan() {
        var hysteresis = new Hysteresis();
        hysteresis.settle(1_000_000, 0);
        hysteresis.settle(100_000, 1_000);
        for (long now = 1_100; now < 2_000; now += 100) {
            assertEquals(100_000, hysteresis.settle(150_000, now));
        }
        long used = 0;
        for (long now = 2_000; now <= 4_500; now += 100) {
            used = hysteresis.settle(900_000, now);
        }
        assertEquals(900_000, used);
    }

    /** The loop as published (R89): an equal share of a shrinking rest. Ours must use more of the bandwidth. */
    @Test
    void usesWhatThePublishedLoopLeaves() {
        long remaining = 10_000_000;
        for (int i = 0; i < 5; i++) {
            remaining -= Math.min(i == 0 ? Role.HOST.maxBps() : Role.VIEWER.maxBps(), remaining / 5);
        }
        var sources = new ArrayList<Source>();
        for (int i = 0; i < 5; i++) {
            sources.add(source("p" + i, i == 0 ? Role.HOST : Role.VIEWER, Attention.NORMAL, 720, i));
        }
        assertEquals(10_000_000, sum(Allocator.allocate(sources, 10_000_000, 0, 9)));
        assertTrue(remaining > 3_000_000, "the loop leaves a third");
    }
}
