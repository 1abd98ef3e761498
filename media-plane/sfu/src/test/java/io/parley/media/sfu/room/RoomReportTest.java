package io.parley.media.sfu.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.rtcp.Report;
import io.parley.media.rtp.rtcp.RtcpCompound;
import io.parley.media.rtp.rtcp.RtcpWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What is said about streams by RTCP, and retransmissions of publishers, in virtual time. */
class RoomReportTest {
    private static final int CAMERA = 42;
    private static final int BYTES = 300;

    private final RoomWorld world = new RoomWorld();
    private final RecordingSink publisherSink = new RecordingSink();
    private final RecordingSink sink = new RecordingSink();
    private final Participant publisher = world.join("p", publisherSink, 0);
    private final RoomWorld.Vp8Frame frame = new RoomWorld.Vp8Frame();
    private final MemorySegment rtcp = Arena.ofAuto().allocate(1_500);
    private final RtcpWriter writer = new RtcpWriter();

    /** One picture of one packet; the key pictures are 0 and those of {@code number % 100}. */
    private void frame(int number) {
        frame.key = number % 100 == 0;
        frame.pictureId = number;
        frame.tl0 = number & 0xff;
        frame.timestamp = number * 2_700;
    }

    private void send(int number) {
        frame(number);
        world.vp8(publisher, CAMERA, number, frame, BYTES);
        world.flush();
        world.pass(30);
    }

    /** Whether the newest report about or of {@code ssrc} is as expected. */
    private static boolean newest(RecordingSink to, boolean sender, Predicate<Report> expected) {
        var compound = new RtcpCompound();
        var report = new Report();
        boolean holds = false;
        for (byte[] bytes : to.rtcp) {
            assertTrue(compound.parse(MemorySegment.ofArray(bytes), 0, bytes.length));
            while (compound.next()) {
                if (report.parse(compound) && report.isSender() == sender) {
                    holds = expected.test(report);
                }
            }
        }
        return holds;
    }

    @Test
    void retransmissionsOfThePublisherFillTheHole() {
        world.camera(publisher, CAMERA);
        world.join("r", sink, 1);
        for (int i = 0; i < 60; i++) {
            if (i == 30) {
                continue;
            }
            send(i);
            if (i == 32) {
                frame(30);
                world.vp8Again(publisher, CAMERA, 30, frame, BYTES);
                world.vp8Again(publisher, CAMERA, 30, frame, BYTES);
                world.vp8Again(publisher, CAMERA, 40_000, frame, BYTES); // of no packet there ever was
            }
        }
        var video = sink.stream(RoomWorld.videoSsrc(0));
        assertEquals(
                60, video.stream().map(packet -> packet.sequence()).distinct().count());
        assertEquals(60, video.size());
        assertTrue(video.stream().allMatch(packet -> packet.payloadLength() > BYTES), "no filler was needed");
        assertEquals(
                60, video.stream().map(packet -> packet.timestamp()).distinct().count());
    }

    @Test
    void senderAndReceiverReportsCountWhatWasSentAndLost() {
        world.camera(publisher, CAMERA);
        world.join("r", sink, 1);
        for (int i = 0; i < 200; i++) {
            if (i % 4 != 3) {
                send(i);
            }
        }
        long sent = sink.stream(RoomWorld.videoSsrc(0)).size();
        assertTrue(newest(
                sink,
                true,
                report -> report.ssrc() == RoomWorld.videoSsrc(0)
                        && report.packetCount() > sent - 35
                        && report.packetCount() <= sent
                        && report.octetCount() % (BYTES + 7) == 0));
        world.pass(1_100);
        assertTrue(newest(
                publisherSink,
                false,
                report -> report.blockCount() == 1
                        && report.blockSsrc(0) == CAMERA
                        && report.cumulativeLost(0) == 49
                        && report.highestSequence(0) % 65_536 == 198));
    }

    private Participant withoutTransportFeedback() {
        return world.join("plain", sink, 1, RoomWorld.PLAIN_EXTENSIONS);
    }

    private void remb(Participant from, long bps) {
        writer.begin(rtcp, 0, 1_500);
        writer.remb(9, bps, new int[] {RoomWorld.videoSsrc(0)}, 1);
        world.room.onRtcp(from, rtcp, 0, writer.length(), world.nanos);
    }

    private void report(Participant from, int fraction, long highest) {
        writer.begin(rtcp, 0, 1_500);
        writer.receiverReport(9);
        writer.block(RoomWorld.videoSsrc(0), fraction, 0, highest, 0);
        writer.block(RoomWorld.audioSsrc(0), fraction, 0, highest, 0);
        world.room.onRtcp(from, rtcp, 0, writer.length(), world.nanos);
    }

    @Test
    void withoutTransportFeedbackTheReceiversEstimateIsFollowed() {
        var plain = withoutTransportFeedback();
        remb(plain, 1_000_000);
        assertEquals(1_000_000, plain.targetBps());
        remb(plain, 400_000);
        assertEquals(400_000, plain.targetBps());
    }

    @Test
    void lossLowersTheRateOncePerReportAndAnEstimateDoesNotUndoIt() {
        var plain = withoutTransportFeedback();
        remb(plain, 1_000_000);
        report(plain, 0, 1_000);
        report(plain, 128, 1_100);
        assertEquals(750_000, plain.targetBps(), "half lost costs a quarter, whatever the number of streams");
        remb(plain, 1_000_000);
        assertEquals(750_000, plain.targetBps());
        report(plain, 0, 1_200);
        remb(plain, 1_000_000);
        assertEquals(1_000_000, plain.targetBps());
    }
}
