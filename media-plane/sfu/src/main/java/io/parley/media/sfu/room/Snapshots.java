package io.parley.media.sfu.room;

import io.parley.media.sfu.ingest.Encoding;
import io.parley.media.sfu.room.RoomSnapshot.OfEncoding;
import io.parley.media.sfu.room.RoomSnapshot.OfParticipant;
import io.parley.media.sfu.room.RoomSnapshot.OfPublication;
import io.parley.media.sfu.room.RoomSnapshot.OfSlot;
import io.parley.media.sfu.room.RoomSnapshot.Totals;
import java.util.ArrayList;
import java.util.List;

/** Reads the counters of a room into records. */
final class Snapshots {
    private static final int ALL_LAYERS = 7;

    private Snapshots() {}

    static OfParticipant of(Participant participant, long nowNanos) {
        var controller = participant.egress().controller();
        var counters = participant.egress().counters();
        var slots = new ArrayList<OfSlot>();
        for (var slot : participant.slots()) {
            if (slot.publication() != null) {
                slots.add(of(slot));
            }
        }
        return new OfParticipant(
                participant.id(),
                participant.role().name(),
                participant.published().stream().map(p -> of(p, nowNanos)).toList(),
                controller.targetBps(),
                controller.ackedBps(),
                controller.rttMicros(),
                controller.queueMicros(),
                controller.lossFraction(),
                counters.packets,
                counters.resent,
                List.copyOf(slots),
                participant.allocations());
    }

    private static OfSlot of(Slot slot) {
        var publication = slot.publication();
        var current = slot.forwarder().current();
        return new OfSlot(
                slot.index(),
                slot.options().mid(),
                publication == null ? "" : publication.id(),
                current == null ? -1 : current.index(),
                slot.forwarder().isWaiting(),
                slot.forwarder().switches());
    }

    private static OfPublication of(Publication publication, long nowNanos) {
        var encodings = new ArrayList<OfEncoding>();
        for (int i = 0; i < publication.encodingCount(); i++) {
            var encoding = publication.encoding(i);
            if (encoding != null) {
                encodings.add(of(encoding, nowNanos));
            }
        }
        var codec = publication.codec();
        return new OfPublication(
                publication.id(),
                publication.kind().name(),
                codec == null ? "" : codec.name(),
                publication.isMuted(),
                publication.ladder().toldTop(),
                List.copyOf(encodings));
    }

    private static OfEncoding of(Encoding encoding, long nowNanos) {
        return new OfEncoding(
                encoding.index(),
                encoding.ssrc(),
                encoding.isAlive(nowNanos),
                encoding.height(Math.max(0, encoding.spatialTop(nowNanos))),
                encoding.bps(Math.max(0, encoding.spatialTop(nowNanos)), ALL_LAYERS, nowNanos),
                encoding.statistics().received(),
                encoding.statistics().lost(),
                encoding.packetsRequested(),
                encoding.packetsRecovered(),
                encoding.keyframeCount(),
                encoding.keyframesRequested());
    }

    static Totals totals(Participant[] participants, long malformedFeedback) {
        long[] sums = new long[13];
        for (var participant : participants) {
            addIngress(participant, sums);
            var counters = participant.egress().counters();
            sums[5] += counters.packets;
            sums[6] += counters.bytes;
            sums[7] += counters.resent;
            sums[8] += counters.probes;
            sums[9] += counters.overflows;
            sums[10] += counters.unbuilt;
            sums[11] += counters.refused;
        }
        return new Totals(
                sums[0],
                sums[1],
                sums[2],
                sums[3],
                sums[4],
                sums[5],
                sums[6],
                sums[7],
                sums[8],
                sums[9],
                sums[10],
                sums[11],
                sums[12],
                malformedFeedback);
    }

    private static void addIngress(Participant participant, long[] sums) {
        sums[3] += participant.ingress().malformed;
        sums[4] += participant.ingress().foreign;
        for (var publication : participant.published()) {
            for (int i = 0; i < publication.encodingCount(); i++) {
                var encoding = publication.encoding(i);
                if (encoding != null) {
                    sums[0] += encoding.statistics().received();
                    sums[1] += encoding.statistics().lost();
                    sums[2] += encoding.statistics().duplicates();
                    sums[12] += encoding.keyframesRequested();
                }
            }
        }
    }
}
