package io.parley.media.sfu.room;

import io.parley.media.rtp.RtpHeader;
import io.parley.media.rtp.memory.Bytes;
import io.parley.media.rtp.rtcp.TransportFeedbackWriter;
import io.parley.media.sfu.rate.SimulatedLink;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A receiver behind a bottleneck, who tells by transport-wide feedback what came. Times are microseconds. */
final class LinkedSink implements PacketSink {
    private static final int CAPACITY = 1_400;
    private static final int OVERHEAD = 44;

    private record Arrival(int sequence, long atMicros) {}

    final SimulatedLink link;
    private final MemorySegment memory = Arena.ofAuto().allocate(CAPACITY);
    private final TransportFeedbackWriter feedback = new TransportFeedbackWriter();
    private final List<Arrival> onTheWay = new ArrayList<>();
    private final int[] ssrcs = {9, 9};
    private int messages;
    long nowMicros;
    long audioSent;
    long audioInTime;
    long videoBytes;

    LinkedSink(SimulatedLink link) {
        this.link = link;
    }

    @Override
    public MemorySegment memory() {
        return memory;
    }

    @Override
    public int capacity() {
        return CAPACITY;
    }

    @Override
    public int reserve() {
        return 0;
    }

    @Override
    public boolean sendRtp(int length) {
        long arrival = link.carry(length + OVERHEAD, nowMicros);
        boolean audio = RtpHeader.payloadType(memory, 0) == RoomWorld.OPUS;
        if (audio) {
            audioSent++;
            audioInTime += arrival >= 0 && arrival - nowMicros < 400_000 ? 1 : 0;
        } else if (arrival >= 0) {
            videoBytes += length;
        }
        if (arrival >= 0) {
            onTheWay.add(new Arrival(Bytes.u16(memory, RtpHeader.LENGTH + 5), arrival));
        }
        return true;
    }

    @Override
    public boolean sendRtcp(int length) {
        return true;
    }

    /** Writes what came until now to {@code to}; answers its bytes, or 0. */
    int tell(MemorySegment to) {
        var came =
                onTheWay.stream().filter(packet -> packet.atMicros <= nowMicros).toList();
        if (came.isEmpty()) {
            return 0;
        }
        onTheWay.removeAll(came);
        feedback.begin(came.getFirst().sequence, came.getFirst().atMicros * 1_000);
        for (var packet : came.subList(1, came.size())) {
            feedback.received(packet.sequence, packet.atMicros * 1_000);
        }
        messages++;
        return feedback.write(to, 0, CAPACITY, ssrcs, messages & 0xff);
    }
}
