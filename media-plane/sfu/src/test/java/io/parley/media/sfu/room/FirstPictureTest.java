package io.parley.media.sfu.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.sfu.allocation.Allocation.Reason;
import io.parley.media.sfu.rate.SimulatedLink;
import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whoever joins sees something soon, also where even the smallest layer is above the first target. */
class FirstPictureTest {
    private static final int CAMERA = 42;
    private static final int PACKETS = 8;
    private static final int BYTES = 1_040;
    private static final long LINK_BPS = 10_000_000;
    private static final long PATIENCE_MILLIS = 1_500;

    private final RoomWorld world = new RoomWorld();
    private final RoomWorld.Vp8Frame frame = new RoomWorld.Vp8Frame();
    private int pictures;
    private int sequence;

    @Test
    void oneLargeEncodingAndNoAudio() {
        var rtcp = Arena.ofAuto().allocate(1_500);
        var sink = new LinkedSink(new SimulatedLink(new Random(1), LINK_BPS));
        var publisher = world.join("p", new RecordingSink(), 0);
        world.camera(publisher, CAMERA);
        for (int millis = 0; millis < 3_000; millis += 35) { // its bit rate is known before anybody watches
            picture(publisher);
            world.flush();
            world.pass(35);
        }
        var receiver = world.join("r", sink, 1);
        for (int millis = 0; millis < PATIENCE_MILLIS; millis += 5) {
            sink.nowMicros = world.nanos / 1_000;
            if (millis % 35 == 0) {
                picture(publisher);
            }
            world.flush();
            if (millis % 50 == 0) {
                int length = sink.tell(rtcp);
                if (length > 0) {
                    world.room.onRtcp(receiver, rtcp, 0, length, world.nanos);
                }
            }
            world.pass(5);
        }
        assertTrue(receiver.targetBps() > 2_000_000, "target " + receiver.targetBps());
        assertEquals(Reason.BEST, receiver.allocations().getFirst().reason(), receiver.allocations()::toString);
        world.room.close();
    }

    private void picture(Participant publisher) {
        frame.key = pictures % 20 == 0;
        frame.height = 360;
        frame.pictureId = pictures;
        frame.tl0 = pictures & 0xff;
        frame.timestamp = pictures * 3_150;
        for (int part = 0; part < PACKETS; part++) {
            frame.first = part == 0;
            frame.last = part == PACKETS - 1;
            world.vp8(publisher, CAMERA, sequence & 0xffff, frame, BYTES);
            sequence++;
        }
        pictures++;
    }
}
