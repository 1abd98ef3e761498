package io.parley.media.sfu.room;

import io.parley.media.rtp.rtcp.RtcpWriter;
import io.parley.media.rtp.rtcp.TransportFeedbackWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * One publisher of 30 frames a second, seven packets each, and of audio; receivers who answer with transport-wide
 * feedback and miss a packet now and then: the whole path but encryption and sockets.
 */
final class ForwardLoad {
    static final int PACKETS_PER_FRAME = 7;
    private static final int FRAME_MILLIS = 35;
    private static final int PAYLOAD = 1_150;
    private static final int CAMERA = 42;
    private static final int MICROPHONE = 50;
    private static final int KEY_EVERY = 300;
    private static final int MISSED_EVERY = 20;

    final RoomWorld world = new RoomWorld();
    final List<CountingSink> sinks = new ArrayList<>();
    private final List<Participant> receivers = new ArrayList<>();
    private final Participant publisher;
    private final RoomWorld.Vp8Frame frame = new RoomWorld.Vp8Frame();
    private final MemorySegment rtcp = Arena.ofAuto().allocate(1_500);
    private final RtcpWriter writer = new RtcpWriter();
    private final TransportFeedbackWriter feedback = new TransportFeedbackWriter();
    private final int[] ssrcs = {9, 9};
    private final long[] missing = {1};
    private int[] told;
    private int frames;
    private int sequence = 65_000;

    ForwardLoad(int count) {
        var memory = Arena.ofAuto().allocate(1_500);
        publisher = world.join("p", new CountingSink(memory), 0);
        for (int i = 0; i < count; i++) {
            sinks.add(new CountingSink(memory));
            receivers.add(world.join("r" + i, sinks.get(i), 1));
        }
        told = new int[count];
        world.camera(publisher, CAMERA);
        world.microphone(publisher, MICROPHONE);
    }

    /** One frame and its audio come, and leave. */
    void frame() {
        frames++;
        frame.key = frames % KEY_EVERY == 1;
        frame.pictureId = frames;
        frame.tl0 = frames & 0xff;
        frame.timestamp = frames * 3_000;
        for (int part = 0; part < PACKETS_PER_FRAME; part++) {
            frame.first = part == 0;
            frame.last = part == PACKETS_PER_FRAME - 1;
            world.vp8(publisher, CAMERA, sequence & 0xffff, frame, PAYLOAD);
            sequence++;
        }
        world.opus(publisher, MICROPHONE, frames & 0xffff, 30);
        world.room.flush(world.nanos);
        world.nanos += FRAME_MILLIS * 1_000_000L;
    }

    /** Receivers say what came, and miss one packet. */
    void answers() {
        for (int i = 0; i < receivers.size(); i++) {
            var sink = sinks.get(i);
            int from = told[i] + 1;
            int count = (sink.lastTransportSequence - told[i]) & 0xffff;
            if (count == 0 || count > 1_000) {
                told[i] = sink.lastTransportSequence;
                continue;
            }
            long arrived = world.nanos - FRAME_MILLIS * 1_000_000L; // when the frame left
            feedback.begin(from & 0xffff, arrived);
            for (int k = 1; k < count; k++) {
                feedback.received((from + k) & 0xffff, arrived);
            }
            told[i] = sink.lastTransportSequence;
            int bytes = feedback.write(rtcp, 0, 1_500, ssrcs, frames & 0xff);
            world.room.onRtcp(receivers.get(i), rtcp, 0, bytes, world.nanos);
            if (frames % MISSED_EVERY == 0) {
                writer.begin(rtcp, 0, 1_500);
                writer.nack(9, RoomWorld.videoSsrc(0), (sink.lastVideoSequence - 3) & 0xffff, missing, 1);
                world.room.onRtcp(receivers.get(i), rtcp, 0, writer.length(), world.nanos);
            }
        }
    }

    void tick() {
        world.room.tick(world.nanos);
    }

    long sent() {
        long sum = 0;
        for (var sink : sinks) {
            sum += sink.rtp;
        }
        return sum;
    }

    /** For the message of a failure. */
    String state() {
        var receiver = receivers.getFirst();
        return ", target " + receiver.targetBps() + ", allocations " + receiver.allocations();
    }

    long repairs() {
        long sum = 0;
        for (var sink : sinks) {
            sum += sink.repairs;
        }
        return sum;
    }
}
