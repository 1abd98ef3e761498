package io.parley.media.sfu.rate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The controller over a bottleneck in virtual time. Curves go to target/curves as CSV. */
class CongestionSimTest {
    private static final double[] STEPS_BPS = {1_000_000, 300_000, 5_000_000, 2_000_000, 600_000, 3_000_000};
    private static final double[] LOSSES = {0, 0.02, 0.05, 0.1, 0.2};
    /** The share of the link asked of every step, by loss: with much loss a window of a slow link says little. */
    private static final double[] SHARES = {0.8, 0.8, 0.8, 0.78, 0.7};

    private static final long STEP_MICROS = 20_000_000;
    private static final long SETTLE_MICROS = 10_000_000;

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void everyStepIsFoundWithinTenSecondsWithoutAStandingQueue(long seed) throws IOException {
        for (int l = 0; l < LOSSES.length; l++) {
            double loss = LOSSES[l];
            double wanted = SHARES[l];
            var link = new SimulatedLink(new Random(seed), STEPS_BPS[0]);
            link.loss = loss;
            var flow = new SimulatedFlow(link, new Random(seed));
            var curve = new StringBuilder("ms,link_bps,target_bps,queue_ms,loss\n");
            for (int i = 0; i < STEPS_BPS.length; i++) {
                link.bps = STEPS_BPS[i];
                checkStep(
                        flow,
                        i * STEP_MICROS,
                        wanted,
                        "seed " + seed + " loss " + loss + " link " + STEPS_BPS[i],
                        curve);
            }
            var folder = Files.createDirectories(Path.of("target", "curves"));
            Files.writeString(folder.resolve("steps-" + (int) (loss * 100) + "-" + seed + ".csv"), curve);
        }
    }

    private static void checkStep(SimulatedFlow flow, long from, double wanted, String place, StringBuilder curve) {
        double targetSum = 0;
        double queueSum = 0;
        int samples = 0;
        for (long now = from; now < from + STEP_MICROS; now += 1_000) {
            flow.step(now);
            assertTrue(flow.controller.targetBps() >= RateLimits.DEFAULT.minBps(), place + ": audio starves");
            if (now % 100_000 == 0) {
                curve.append(now / 1_000)
                        .append(',')
                        .append((long) flow.link.bps)
                        .append(',');
                curve.append(flow.controller.targetBps()).append(',');
                curve.append(flow.link.queueMicros(now) / 1_000)
                        .append(',')
                        .append(flow.link.loss)
                        .append('\n');
            }
            if (now >= from + SETTLE_MICROS) {
                targetSum += Math.min(flow.link.bps, (double) flow.controller.targetBps());
                queueSum += flow.link.queueMicros(now);
                samples++;
            }
        }
        double share = targetSum / samples / flow.link.bps;
        double queueMillis = queueSum / samples / 1_000;
        assertTrue(share >= wanted, place + ": uses " + share);
        assertTrue(queueMillis <= 200, place + ": standing queue of ms " + queueMillis);
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void twoFlowsShareRoughly(long seed) {
        var link = new SimulatedLink(new Random(seed), 3_000_000);
        var first = new SimulatedFlow(link, new Random(seed));
        var second = new SimulatedFlow(link, new Random(seed + 1));
        long firstBytes = 0;
        long secondBytes = 0;
        for (long now = 0; now < 90_000_000; now += 1_000) {
            first.step(now);
            if (now >= 5_000_000) {
                second.step(now);
            }
            if (now == 30_000_000) {
                firstBytes = first.deliveredBytes;
                secondBytes = second.deliveredBytes;
            }
        }
        double ratio = (double) (first.deliveredBytes - firstBytes) / (second.deliveredBytes - secondBytes);
        assertTrue(ratio < 3 && ratio > 1 / 3.0, "ratio " + ratio);
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void aQuietApplicationDoesNotInflateTheEstimate(long seed) {
        var flow = new SimulatedFlow(new SimulatedLink(new Random(seed), 2_000_000), new Random(seed));
        flow.sourceMaxBps = 200_000;
        for (long now = 0; now < 60_000_000; now += 1_000) {
            flow.step(now);
            long target = flow.controller.targetBps();
            assertTrue(target <= 2_400_000 || now < 5_000_000, "target " + target + " at " + now);
        }
    }

    /** Nobody watches for a while: there is no feedback then, which says nothing against the path. */
    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void aPauseIsNotTakenForABrokenPath(long seed) {
        var flow = new SimulatedFlow(new SimulatedLink(new Random(seed), 4_000_000), new Random(seed));
        run(flow, 0, 15_000_000);
        long before = flow.controller.targetBps();
        flow.sourceMaxBps = 0;
        flow.controller.setWanted(100_000);
        run(flow, 15_000_000, 20_000_000);
        flow.sourceMaxBps = Double.MAX_VALUE;
        flow.controller.setWanted(10_000_000);
        run(flow, 20_000_000, 20_300_000);
        long after = flow.controller.targetBps();
        // At a full link a cut of 15 % may come at any time; silence that is taken for a broken path halves.
        assertTrue(after >= 0.8 * before, before + " before the pause, " + after + " after it");
    }

    private static void run(SimulatedFlow flow, long from, long until) {
        for (long now = from; now < until; now += 1_000) {
            flow.step(now);
        }
    }
}
