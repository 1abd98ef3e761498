package io.parley.media.sfu.rate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.sfu.allocation.Hysteresis;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What only looks like a full link, or like a free one. */
class LateReceiverSimTest {
    private static final long SECONDS = 1_000_000;

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void aReceiverThatIsScheduledLateKeepsItsPictures(long seed) {
        for (long stallMicros : new long[] {60_000, 100_000, 200_000}) {
            var link = new SimulatedLink(new Random(seed), 50_000_000);
            link.delayMicros = 500;
            link.jitterMicros = 200;
            var flow = new SimulatedFlow(link, new Random(seed));
            flow.stallMicros = stallMicros;
            flow.sourceMaxBps = 4_000_000;
            flow.controller.setWanted(5_200_000);
            var hysteresis = new Hysteresis();
            for (long now = 0; now < 60 * SECONDS; now += 1_000) {
                flow.step(now);
                long used = hysteresis.settle(flow.controller.targetBps(), now / 1_000);
                assertTrue(
                        used >= 3_200_000 || now < 10 * SECONDS,
                        "seed " + seed + ", stalls of " + stallMicros + ": " + used + " at " + now);
            }
        }
    }

    /** A bucket lets some packets through at once: who takes that for the link's rate fills its queue. */
    @Test
    void aProbeIsNotFooledByATokenBucket() {
        var link = new SimulatedLink(new Random(1), 1_000_000);
        link.burstBytes = 3_100;
        link.jitterMicros = 0;
        var prober = new Prober();
        prober.start(2_000_000, SECONDS);
        for (long now = SECONDS; prober.isDue(); now += 4_800) {
            prober.onSent(prober.cluster(), 1_200);
            prober.onReceived(prober.cluster(), 1_200, now, link.carry(1_200, now));
        }
        assertTrue(prober.finish());
        assertTrue(prober.resultBps() > 800_000 && prober.resultBps() < 1_050_000, "found " + prober.resultBps());
    }

    /** Loss of an overflowing queue is no property of the path, however long it lasts. */
    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void lossOfAFullQueueIsNotTakenForThePaths(long seed) {
        var link = new SimulatedLink(new Random(seed), 5_000_000);
        var flow = new SimulatedFlow(link, new Random(seed));
        for (long now = 0; now < 40 * SECONDS; now += 1_000) {
            link.bps = now < 20 * SECONDS ? 5_000_000 : 300_000;
            flow.step(now);
            double inherent = flow.controller.inherentLoss();
            assertTrue(inherent < 0.1, "seed " + seed + ": " + inherent + " at " + now);
        }
    }
}
