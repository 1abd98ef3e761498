package io.parley.media.sfu.forward;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.codec.Vp8Descriptor;
import io.parley.media.sfu.Codec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** VP8 simulcast with temporal layers, whatever the path does: what a receiver gets can be decoded. */
class Vp8OracleTest {
    private static final int PICTURES = 1_500;
    private final Vp8Descriptor descriptor = new Vp8Descriptor();

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void everythingThatIsForwardedCanBeDecoded(long seed) {
        for (double loss : new double[] {0, 0.02, 0.15}) {
            var random = new Random(seed);
            var encoders = List.<Encoder>of(new Vp8Encoder(random), new Vp8Encoder(random), new Vp8Encoder(random));
            try (var world = new ForwardWorld(Codec.VP8, encoders, random)) {
                world.loss = loss;
                run(world, random);
                var oracle = new Oracle(world);
                oracle.numbersAreContinuous();
                oracle.timestampsAreContinuous();
                oracle.referencesWereForwarded();
                pictureIdsAreContinuous(oracle, loss);
                assertTrue(
                        oracle.frames().size() > PICTURES / 10,
                        "frames " + oracle.frames().size());
            }
        }
    }

    static void run(ForwardWorld world, Random random) {
        world.aim(0, 7, 7);
        for (int i = 0; i < PICTURES; i++) {
            if (random.nextInt(25) == 0) {
                world.aim(random.nextInt(10) == 0 ? -1 : random.nextInt(3), 7, random.nextInt(3));
            }
            world.picture();
        }
        world.aim(0, 7, 7);
        world.wantKey(0);
        world.settle();
    }

    /** Dense without loss; with it, ids only ever leave out frames that did not come in time. */
    private void pictureIdsAreContinuous(Oracle oracle, double loss) {
        int id = -1;
        int tl0 = -1;
        for (var packet : oracle.frames()) {
            var rtp = packet.packet();
            assertTrue(descriptor.parse(rtp.memory(), rtp.payloadOffset(), rtp.payloadLength()));
            int step = id < 0 ? 1 : descriptor.pictureId() - id & 0x7fff;
            assertTrue(step >= 1 && step < 200, "picture id steps by " + step);
            int tl0Step = tl0 < 0 ? 0 : descriptor.tl0PicIdx() - tl0 & 0xff;
            assertTrue(tl0Step <= 100, "TL0PICIDX steps by " + tl0Step);
            if (loss == 0) {
                assertTrue(step <= 3, "picture id steps by " + step);
                boolean base = descriptor.temporalLayer() == 0;
                boolean next = step == 1; // else a frame was overtaken, and came after the slot had left its encoding
                int expected = base && tl0 >= 0 ? 1 : 0;
                assertTrue(tl0Step == expected || !next, "TL0PICIDX of frame " + packet.frame() + " by " + tl0Step);
            }
            id = descriptor.pictureId();
            tl0 = descriptor.tl0PicIdx();
        }
    }
}
