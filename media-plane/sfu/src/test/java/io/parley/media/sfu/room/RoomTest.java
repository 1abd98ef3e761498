package io.parley.media.sfu.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.Rtx;
import io.parley.media.rtp.rtcp.KeyframeRequest;
import io.parley.media.rtp.rtcp.Nack;
import io.parley.media.rtp.rtcp.RtcpCompound;
import io.parley.media.rtp.rtcp.RtcpWriter;
import io.parley.media.rtp.rtcp.TransportFeedback;
import io.parley.media.sfu.allocation.Allocation;
import io.parley.media.sfu.allocation.Allocation.Reason;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a room does for its participants, in virtual time. */
class RoomTest {
    private static final int CAMERA = 42;
    private static final int MICROPHONE = 50;

    private final Recorder recorder = new Recorder();
    private final RoomWorld world = new RoomWorld(recorder);
    private final RecordingSink publisherSink = new RecordingSink();
    private final RecordingSink sink = new RecordingSink();
    private final Participant publisher = world.join("p", publisherSink, 1);
    private final Participant receiver = world.join("r", sink, 1);
    private final RoomWorld.Vp8Frame frame = new RoomWorld.Vp8Frame();
    private final MemorySegment rtcp = Arena.ofAuto().allocate(1_500);
    private final RtcpWriter writer = new RtcpWriter();
    private int pictures;
    private int sequence;

    private static final class Recorder implements RoomEvents {
        final List<String> needed = new ArrayList<>();
        final List<String> shedding = new ArrayList<>();
        List<SlotMapping> slots = List.of();
        List<Allocation> allocations = List.of();

        @Override
        public void onSlots(Participant receiver, List<SlotMapping> mapped) {
            slots = receiver.id().equals("r") ? mapped : slots;
        }

        @Override
        public void onAllocation(Participant receiver, List<Allocation> made) {
            allocations = receiver.id().equals("r") ? made : allocations;
        }

        @Override
        public void onNeeded(Publication publication, int topLayer) {
            needed.add(publication.id() + ":" + topLayer);
        }

        @Override
        public void onShedding(String reason) {
            shedding.add(reason);
        }
    }

    private void play(int count) {
        for (int i = 0; i < count; i++) {
            picture(CAMERA, sequence, 300);
            sequence++;
            world.flush();
            world.pass(30);
        }
    }

    private void picture(int ssrc, int number, int bytes) {
        frame.key = pictures % 30 == 0;
        frame.pictureId = pictures;
        frame.tl0 = pictures & 0xff;
        frame.timestamp = pictures * 2_700;
        world.vp8(publisher, ssrc, number & 0xffff, frame, bytes);
        pictures++;
    }

    private long said(RecordingSink to, Predicate<RtcpCompound> what) {
        var compound = new RtcpCompound();
        long count = 0;
        for (byte[] bytes : to.rtcp) {
            var memory = Arena.ofAuto().allocate(bytes.length);
            MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
            assertTrue(compound.parse(memory, 0, bytes.length), "malformed RTCP was sent");
            while (compound.next()) {
                count += what.test(compound) ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void whatAReceiverMissesIsSentAgainOnce() {
        world.camera(publisher, CAMERA);
        play(60);
        var video = sink.stream(RoomWorld.videoSsrc(0));
        var missed = video.get(video.size() - 5);
        writer.begin(rtcp, 0, 1_500);
        writer.nack(9, RoomWorld.videoSsrc(0), missed.sequence(), new long[] {1}, 1);
        int before = sink.stream(RoomWorld.videoSsrc(0) + 1).size();
        world.room.onRtcp(receiver, rtcp, 0, writer.length(), world.nanos);
        world.room.onRtcp(receiver, rtcp, 0, writer.length(), world.nanos);
        var repairs = sink.stream(RoomWorld.videoSsrc(0) + 1);
        assertEquals(before + 1, repairs.size());
        var repair = repairs.getLast();
        assertEquals(RoomWorld.RTX, repair.payloadType());
        assertTrue(Rtx.unwrap(repair, RoomWorld.VP8, RoomWorld.videoSsrc(0)));
        assertEquals(missed.sequence(), repair.sequence());
        assertEquals(missed.timestamp(), repair.timestamp());
        assertEquals(missed.payloadLength(), repair.payloadLength());
    }

    @Test
    void whatThePublisherLosesIsAskedForAndFeedbackIsGiven() {
        world.camera(publisher, CAMERA);
        play(40);
        sequence++; // one is lost
        play(10);
        assertTrue(said(publisherSink, new Nack()::parse) > 0, "requests");
        assertTrue(said(publisherSink, new TransportFeedback()::parse) > 5, "transport-wide feedback");
    }

    @Test
    void aRoomThatWaitsForNothingWakesItsThreadSeldom_oneThatAsksOften() {
        world.camera(publisher, CAMERA);
        play(60);
        world.nanos += 20_000_000 - world.nanos % 20_000_000; // turns are on one grid for all rooms
        assertEquals(20_000_000, world.room.turn(world.nanos));
        sequence++; // one is lost
        picture(CAMERA, sequence, 300);
        assertEquals(5_000_000, world.room.turn(world.nanos), "somebody has to ask for the packet again");
    }

    @Test
    void manyWishesForAKeyframeBecomeFewRequests() {
        world.camera(publisher, CAMERA);
        play(20);
        for (int i = 0; i < 100; i++) {
            writer.begin(rtcp, 0, 1_500);
            writer.pictureLoss(9, RoomWorld.videoSsrc(0));
            world.room.onRtcp(receiver, rtcp, 0, writer.length(), world.nanos);
            world.pass(5);
        }
        long requests = said(publisherSink, new KeyframeRequest()::parse);
        assertTrue(requests >= 1 && requests <= 4, "requests " + requests);
    }

    @Test
    void aMuteAndAnotherPublisherAreNoSeam() {
        var camera = world.camera(publisher, CAMERA);
        play(40);
        world.room.mute(camera, true);
        world.pass(200);
        int muted = sink.rtp.size();
        play(20);
        assertEquals(muted, sink.stream(RoomWorld.videoSsrc(0)).size() + others());
        world.room.mute(camera, false);
        play(40);
        world.room.unpublish(camera, world.nanos);
        world.room.publish(
                publisher,
                new PublicationOptions("again", SourceKind.CAMERA, "0", List.of(new EncodingOptions("", 77, 78))));
        for (int i = 0; i < 40; i++) {
            picture(77, 40_000 + i, 200);
            world.flush();
            world.pass(30);
        }
        RoomForwardTest.assertDense(sink.stream(RoomWorld.videoSsrc(0)));
        assertEquals("again", recorder.slots.getFirst().publicationId());
    }

    private int others() {
        return sink.rtp.size() - sink.stream(RoomWorld.videoSsrc(0)).size();
    }

    @Test
    void silenceIsNotForwardedAndLeavesNoHole() {
        world.microphone(publisher, MICROPHONE);
        for (int i = 0; i < 200; i++) {
            world.opus(publisher, MICROPHONE, i, i % 50 < 25 ? 30 : 127);
            world.flush();
            world.pass(20);
        }
        var audio = sink.stream(RoomWorld.audioSsrc(0));
        assertTrue(audio.size() > 80 && audio.size() < 130, "audio packets " + audio.size());
        RoomForwardTest.assertDense(audio);
    }

    @Test
    void anOverloadedNodeHoldsVideoBackAndSaysWhy_neverAudio() {
        world.camera(publisher, CAMERA);
        world.microphone(publisher, MICROPHONE);
        play(40);
        world.room.shed(Shedding.VIDEO, "the node is at 95 % of its processor");
        world.pass(200);
        int video = sink.stream(RoomWorld.videoSsrc(0)).size();
        play(20);
        assertEquals(video, sink.stream(RoomWorld.videoSsrc(0)).size());
        assertEquals(Reason.OVERLOAD, recorder.allocations.getFirst().reason());
        world.opus(publisher, MICROPHONE, 1, 30);
        world.flush();
        world.pass(100);
        world.opus(publisher, MICROPHONE, 2, 30);
        world.flush();
        assertFalse(sink.stream(RoomWorld.audioSsrc(0)).isEmpty());
        world.room.shed(Shedding.NONE, "");
        assertEquals(List.of("the node is at 95 % of its processor", ""), recorder.shedding);
    }

    @Test
    void thePublisherIsToldWhatNobodyNeeds() {
        world.camera(publisher, CAMERA);
        world.room.wish(
                receiver,
                new Wishes(java.util.Set.of(), java.util.Set.of(), java.util.Map.of("p-camera", 0), 720, 9, true));
        play(150);
        assertEquals("p-camera:-1", recorder.needed.getLast());
        world.room.wish(receiver, Wishes.DEFAULT);
        play(5);
        assertEquals("p-camera:0", recorder.needed.getLast());
    }

    @Test
    void foreignAndMalformedPacketsAreCountedAndDisturbNobody() {
        world.camera(publisher, CAMERA);
        play(40);
        picture(4_711, 1, 100);
        world.room.onRtp(publisher, rtcp, 0, 5, world.nanos);
        world.room.onRtcp(receiver, rtcp, 0, 3, world.nanos);
        var totals = world.room.snapshot(world.nanos).totals();
        assertEquals(1, totals.foreignPackets());
        assertEquals(1, totals.malformedPackets());
        assertEquals(1, totals.malformedFeedback());
        play(20);
        RoomForwardTest.assertDense(sink.stream(RoomWorld.videoSsrc(0)));
    }

    @Test
    void aSnapshotTellsWhatComesAndWhatLeaves() {
        world.camera(publisher, CAMERA);
        play(60);
        var snapshot = world.room.snapshot(world.nanos);
        assertEquals(2, snapshot.participants());
        var sender = snapshot.members().getFirst();
        assertEquals("VP8", sender.publications().getFirst().codec());
        var encoding = sender.publications().getFirst().encodings().getFirst();
        assertTrue(encoding.alive() && encoding.bps() > 50_000 && encoding.packets() == 60, encoding::toString);
        var served = snapshot.members().getLast();
        assertEquals("p-camera", served.slots().getFirst().publication());
        assertTrue(served.forwardedPackets() > 50, served::toString);
    }

    @Test
    void aTakenIdIsRefusedAndLeavingIsIdempotent() {
        world.camera(publisher, CAMERA);
        assertThrows(IllegalArgumentException.class, () -> world.join("r", sink, 1));
        assertThrows(IllegalArgumentException.class, () -> world.camera(publisher, 99));
        world.room.leave(publisher, world.nanos);
        world.room.leave(publisher, world.nanos);
        world.pass(200);
        assertEquals(List.of(receiver), world.room.participants());
        assertTrue(recorder.slots.isEmpty());
        world.room.close();
    }
}
