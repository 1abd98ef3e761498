package io.parley.media.rtp.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.Hex;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Descriptors of any structure keep their meaning when they are renumbered (RTP Payload Format for AV1 appendix A.8).
 */
final class DependencyRewriterTest {
    private final DependencyRewriter rewriter = new DependencyRewriter();

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void whatIsRenumberedMeansTheSame(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            var source = new RandomStructure(random);
            var sent = new DependencyStructure();
            var received = new DependencyStructure();
            int delta = random.nextInt(64);
            rewriter.templateIdDelta(delta);
            for (int frame = 0; frame < 10; frame++) {
                int flags = frame == 0 ? 0x10 | random.nextInt(16) : random.nextInt(16);
                check(source, sent, received, new int[] {random.nextInt(65_536), flags, delta, random.nextInt()});
            }
        }
    }

    /** {@code drawn}: the new frame number, the flags of the descriptor, the delta of template ids, a mask. */
    private void check(RandomStructure source, DependencyStructure sent, DependencyStructure received, int[] drawn) {
        var before = new DependencyDescriptor();
        var after = new DependencyDescriptor();
        var memory = Hex.memory(4_096);
        int length = source.write(memory, drawn[0] + 5, drawn[1]);
        assertTrue(before.parse(memory, 0, length, sent));
        boolean masked = (drawn[3] & 1) != 0;
        if (masked) {
            rewriter.activeTargets(drawn[3] & before.structure().allTargets());
        } else {
            rewriter.keepActiveTargets();
        }
        var target = Hex.memory(DependencyRewriter.lengthMax(before));
        int written = rewriter.write(before, drawn[0], target, 0, Hex.length(target));
        assertTrue(written >= DependencyDescriptor.MANDATORY);
        assertTrue(after.parse(target, 0, written, received));
        assertEquals(drawn[0], after.frameNumber());
        assertEquals((before.templateId() + drawn[2]) % 64, after.templateId());
        int mask = masked ? drawn[3] & before.structure().allTargets() : before.activeTargets();
        assertEquals(mask, after.activeTargets());
        assertEquals(masked || before.hasActiveTargets(), after.hasActiveTargets());
        sameFrame(before, after);
        if (before.hasStructure()) {
            sent.copyFrom(before.attached());
            received.copyFrom(after.attached());
        }
        assertEquals(sent.chainCount(), received.chainCount());
        assertEquals((sent.templateIdOffset() + drawn[2]) % 64, received.templateIdOffset());
    }

    private static void sameFrame(DependencyDescriptor before, DependencyDescriptor after) {
        assertEquals(before.isStartOfFrame(), after.isStartOfFrame());
        assertEquals(before.isEndOfFrame(), after.isEndOfFrame());
        assertEquals(before.spatialLayer(), after.spatialLayer());
        assertEquals(before.temporalLayer(), after.temporalLayer());
        assertEquals(before.structure().targetCount(), after.structure().targetCount());
        for (int i = 0; i < before.structure().targetCount(); i++) {
            assertEquals(before.indication(i), after.indication(i));
            assertEquals(
                    before.structure().targetSpatialLayer(i), after.structure().targetSpatialLayer(i));
        }
        assertEquals(before.referenceCount(), after.referenceCount());
        for (int i = 0; i < before.referenceCount(); i++) {
            assertEquals(before.reference(i), after.reference(i));
        }
        for (int i = 0; i < before.structure().chainCount(); i++) {
            assertEquals(before.chainDistance(i), after.chainDistance(i));
        }
    }
}
