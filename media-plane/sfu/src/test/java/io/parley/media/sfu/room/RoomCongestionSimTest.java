package io.parley.media.sfu.room;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.sfu.rate.SimulatedLink;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole room over a bottleneck that changes: layers follow the link, queues stay short, audio never starves. */
class RoomCongestionSimTest {
    private static final int[] CAMERA = {42, 52, 62};
    private static final int[] PACKETS = {1, 3, 8};
    private static final int[] BYTES = {480, 560, 920};
    private static final int MICROPHONE = 90;
    private static final long STEP_MILLIS = 25_000;
    private static final long SETTLE_MILLIS = 12_000;

    private final RoomWorld world = new RoomWorld();
    private final MemorySegment rtcp = Arena.ofAuto().allocate(1_500);
    private final int[] sequences = new int[CAMERA.length];
    private final RoomWorld.Vp8Frame frame = new RoomWorld.Vp8Frame();
    private int pictures;
    private int voice;

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void layersFollowTheLinkAndAudioNeverStarves(long seed) {
        var sink = new LinkedSink(new SimulatedLink(new Random(seed), 4_000_000));
        var publisher = world.join("p", new RecordingSink(), 0);
        var receiver = world.join("r", sink, 1);
        world.camera(publisher, CAMERA);
        world.microphone(publisher, MICROPHONE);
        step(publisher, receiver, sink, 4_000_000, 1_500_000);
        step(publisher, receiver, sink, 400_000, 90_000);
        step(publisher, receiver, sink, 4_000_000, 1_500_000);
        step(publisher, receiver, sink, 1_200_000, 350_000);
        assertTrue(sink.audioInTime >= 0.97 * sink.audioSent, sink.audioInTime + " of " + sink.audioSent + " in time");
        world.room.close();
    }

    private void step(Participant publisher, Participant receiver, LinkedSink sink, long linkBps, long videoBps) {
        sink.link.bps = linkBps;
        long bytes = 0;
        double queue = 0;
        for (int millis = 0; millis < STEP_MILLIS; millis += 5) {
            if (millis == SETTLE_MILLIS) {
                bytes = sink.videoBytes;
            }
            sink.nowMicros = world.nanos / 1_000;
            if (millis % 35 == 0) {
                picture(publisher);
            }
            if (millis % 20 == 0) {
                world.opus(publisher, MICROPHONE, voice & 0xffff, 30);
                voice++;
            }
            world.flush();
            if (millis % 50 == 0) {
                int length = sink.tell(rtcp);
                if (length > 0) {
                    world.room.onRtcp(receiver, rtcp, 0, length, world.nanos);
                }
            }
            queue += millis >= SETTLE_MILLIS ? sink.link.queueMicros(sink.nowMicros) / 1e3 : 0;
            world.pass(5);
        }
        long reached = (sink.videoBytes - bytes) * 8_000 / (STEP_MILLIS - SETTLE_MILLIS);
        double meanQueue = queue / ((STEP_MILLIS - SETTLE_MILLIS) / 5.0);
        String place = " at a link of " + linkBps + ": target " + receiver.targetBps() + " " + receiver.allocations();
        assertTrue(reached >= videoBps, "video " + reached + place);
        assertTrue(meanQueue < 200, "queue of ms " + meanQueue + place);
    }

    private void picture(Participant publisher) {
        for (int i = 0; i < CAMERA.length; i++) {
            frame.key = pictures % 60 == 0;
            frame.height = 180 << i;
            frame.pictureId = pictures;
            frame.tl0 = pictures & 0xff;
            frame.timestamp = pictures * 3_150;
            for (int part = 0; part < PACKETS[i]; part++) {
                frame.first = part == 0;
                frame.last = part == PACKETS[i] - 1;
                world.vp8(publisher, CAMERA[i], sequences[i] & 0xffff, frame, BYTES[i]);
                sequences[i]++;
            }
        }
        pictures++;
    }
}
