package io.parley.media.sfu.room;

import io.parley.media.rtp.extension.ExtensionKind;
import io.parley.media.rtp.rtcp.RtcpWriter;
import io.parley.media.sfu.Limits;
import io.parley.media.sfu.forward.PacketBuilder;
import io.parley.media.sfu.forward.ReceiveFormat;
import io.parley.media.sfu.ingest.Encoding;
import io.parley.media.sfu.rate.CongestionController;
import org.jspecify.annotations.Nullable;

/**
 * All that leaves to one participant. Audio leaves at once; video waits in a queue of references that is emptied at the
 * pace of the congestion controller, a receiver's packets one behind the other so that they can be sent as one run. One
 * owner; nothing is allocated per packet.
 */
final class Egress {
    private static final long BURST_BYTES = 16_000;
    private static final long BURST_NANOS = 20_000_000;
    private static final long PROBE_NANOS = 50_000_000;
    private static final int PADDING_BYTES = 255;
    private static final int PROBE_PACKETS = 64;

    private final PacketSink sink;
    private final ReceiveFormat format;
    private final PacketBuilder builder;
    private final CongestionController controller;
    private final PacketQueue audio = new PacketQueue(Limits.AUDIO_QUEUE);
    private final PacketQueue video = new PacketQueue(Limits.VIDEO_QUEUE);
    private final boolean numbered;
    private final EgressCounters counters = new EgressCounters();
    private Slot[] slots = {};
    private int transportSequence;
    private int cluster;
    private double budgetBytes = BURST_BYTES;
    private double probeBytes;
    private long budgetNanos;
    private long probeNanos;
    private long nowNanos;
    private int probeSlot;
    private boolean dirty;

    Egress(PacketSink sink, ReceiveFormat format, PacketBuilder builder, CongestionController controller) {
        this.sink = sink;
        this.format = format;
        this.builder = builder;
        this.controller = controller;
        numbered = format.extensionId(ExtensionKind.TRANSPORT_SEQUENCE) != 0;
    }

    void slots(Slot[] all) {
        slots = all;
    }

    CongestionController controller() {
        return controller;
    }

    ReceiveFormat format() {
        return format;
    }

    EgressCounters counters() {
        return counters;
    }

    /** Whether something waits; the room keeps a list of those. */
    boolean isDirty() {
        return dirty;
    }

    void enqueue(Slot slot, Encoding encoding, long place) {
        var queue = slot.options().video() ? video : audio;
        dirty = true;
        if (!queue.add(slot.index(), encoding.index(), place)) {
            counters.overflows++;
            slot.forwarder().restart(nowNanos); // a hole inside is worse than waiting for the next keyframe
        }
    }

    /** Sends what waits, as far as the pace allows. */
    void flush(long now) {
        nowNanos = now;
        while (audio.count() > 0) {
            offer(audio.remove());
        }
        refill(now);
        while (video.count() > 0 && budgetBytes > 0) {
            offer(video.remove());
        }
        dirty = video.count() > 0;
    }

    private void offer(long entry) {
        var slot = slots[PacketQueue.slot(entry)];
        var encoding = encoding(slot, PacketQueue.encoding(entry));
        if (encoding != null) {
            slot.forwarder().offer(encoding, PacketQueue.place(entry), nowNanos);
        }
    }

    private static @Nullable Encoding encoding(Slot slot, int index) {
        var publication = slot.publication();
        return publication == null ? null : publication.encoding(index);
    }

    private void refill(long now) {
        double bytesPerNano = controller.pacingBps() / 8e9;
        double most = Math.max(BURST_BYTES, bytesPerNano * BURST_NANOS);
        budgetBytes = Math.min(most, budgetBytes + bytesPerNano * Math.max(0, now - budgetNanos));
        budgetNanos = now;
    }

    /** A packet of a slot's stream leaves; called by the slot's forwarder. */
    void send(Slot slot, long number) {
        int at = sink.reserve();
        int length =
                builder.to(format, sink.memory(), at, sink.capacity()).media(slot.forwarder(), number, slot.names());
        if (length == PacketBuilder.NOTHING) {
            counters.unbuilt++;
            return;
        }
        if (leave(length)) {
            slot.sentPackets++;
            slot.sentBytes += builder.payloadBytes(length);
            counters.packets++;
            counters.bytes += length;
            budgetBytes -= slot.options().video() ? length : 0;
        }
    }

    private boolean leave(int length) {
        builder.transportSequence(transportSequence);
        builder.sentAt(nowNanos);
        if (!sink.sendRtp(length)) {
            counters.refused++;
            return false;
        }
        controller.onSent(transportSequence, length, cluster, nowNanos / 1_000);
        probeBytes -= length; // a probe asks for the rate of all that leaves
        transportSequence = transportSequence + 1 & 0xffff;
        return true;
    }

    /** A receiver asked for a packet again. */
    void resend(Slot slot, int sequence, long now) {
        nowNanos = now;
        int pauseMillis = Math.clamp(controller.rttMicros() / 1_000 - 5, 10, 1_000);
        long number = slot.forwarder().resendable(sequence, pauseMillis, (int) (now / 1_000_000));
        if (number < 0) {
            counters.unresendable++;
            return;
        }
        int at = sink.reserve();
        builder.to(format, sink.memory(), at, sink.capacity());
        int length = builder.repair(slot.forwarder(), number, slot.names());
        if (length == PacketBuilder.NOTHING && slot.names().repairSsrc() == 0 && format.isTimeless()) {
            length = builder.media(slot.forwarder(), number, slot.names()); // the very same bytes as before
        }
        if (length != PacketBuilder.NOTHING && leave(length)) {
            counters.resent++;
            counters.resentBytes += length;
            budgetBytes -= length;
        }
    }

    /** Sends what the congestion controller wants to learn from: packets of before again, else padding. */
    void probe(long now) {
        nowNanos = now;
        if (!numbered || !controller.isProbeDue()) {
            probeBytes = 0;
            probeNanos = now;
            return;
        }
        probeBytes += controller.probeBps() / 8e9 * Math.min(PROBE_NANOS, now - probeNanos);
        probeNanos = now;
        cluster = controller.probeCluster();
        for (int i = 0; i < PROBE_PACKETS && probeBytes > 0 && controller.isProbeDue(); i++) {
            int length = probePacket();
            if (length == PacketBuilder.NOTHING) {
                break;
            }
        }
        cluster = 0;
    }

    private int probePacket() {
        for (int i = 0; i < slots.length; i++) {
            probeSlot = (probeSlot + 1) % slots.length;
            var slot = slots[probeSlot];
            if (!slot.options().video()) {
                continue;
            }
            int at = sink.reserve();
            builder.to(format, sink.memory(), at, sink.capacity());
            long number = slot.forwarder().lastNumber() - counters.probes % 16;
            int length = builder.repair(slot.forwarder(), number, slot.names());
            if (length == PacketBuilder.NOTHING) {
                length = builder.padding(slot.forwarder(), slot.names(), PADDING_BYTES);
            }
            if (length != PacketBuilder.NOTHING && leave(length)) {
                counters.probes++;
                counters.probeBytes += length;
                return length;
            }
        }
        return PacketBuilder.NOTHING;
    }

    /** Writes a sender report for each stream that runs; answers whether there was any. */
    boolean writeReports(RtcpWriter writer, long ntp, byte[] name, long now) {
        boolean any = false;
        for (var slot : slots) {
            if (slot.forwarder().current() != null) {
                int ssrc = slot.options().ssrc();
                int timestamp = slot.forwarder().timestampAt(now);
                any |= writer.senderReport(ssrc, ntp, timestamp, slot.sentPackets, slot.sentBytes)
                        && writer.canonicalName(ssrc, name);
            }
        }
        return any;
    }
}
