package io.parley.media.sfu.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.RtpPacket;
import io.parley.media.rtp.Sequences;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One publisher, many receivers, in virtual time. */
class RoomForwardTest {
    private static final int RECEIVERS = 5;

    @Test
    void everyReceiverGetsVideoAndAudioOfThePublisherInTheirOwnStreams() {
        var world = new RoomWorld();
        var publisher = world.join("p", new RecordingSink(), 0);
        var sinks = new ArrayList<RecordingSink>();
        for (int i = 0; i < RECEIVERS; i++) {
            sinks.add(new RecordingSink());
            world.join("r" + i, sinks.get(i), 2);
        }
        world.camera(publisher, 42);
        world.microphone(publisher, 50);
        play(world, publisher, 200);
        for (var sink : sinks) {
            var video = sink.stream(RoomWorld.videoSsrc(0));
            var audio = sink.stream(RoomWorld.audioSsrc(0));
            assertTrue(video.size() > 195, "video packets " + video.size());
            assertTrue(audio.size() > 180, "audio packets " + audio.size());
            assertDense(video);
            assertDense(audio);
            assertEquals(RoomWorld.VP8, video.getFirst().payloadType());
        }
    }

    private static void play(RoomWorld world, Participant publisher, int frames) {
        var frame = new RoomWorld.Vp8Frame();
        for (int i = 0; i < frames; i++) {
            frame.key = i % 20 == 0;
            frame.pictureId = i;
            frame.tl0 = i;
            frame.timestamp = i * 3_000;
            world.vp8(publisher, 42, 65_500 + i & 0xffff, frame, 900);
            world.opus(publisher, 50, i, 30);
            world.flush();
            world.pass(20);
        }
    }

    static void assertDense(List<RtpPacket> packets) {
        for (int i = 1; i < packets.size(); i++) {
            int step = Sequences.distance(
                    packets.get(i - 1).sequence(), packets.get(i).sequence());
            assertEquals(1, step, "between packet " + (i - 1) + " and " + i);
            int ticks = packets.get(i).timestamp() - packets.get(i - 1).timestamp();
            assertTrue(ticks >= 0 && ticks < 90_000, "timestamp step " + ticks);
        }
    }
}
