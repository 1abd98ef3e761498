package io.parley.media.sfu.room;

import io.parley.media.sfu.allocation.Allocation;
import java.util.List;

/**
 * All that an operator may want to know about a room at one moment; made for JSON. Counts are since the beginning,
 * rates are of the last second.
 *
 * @param shedding why the node holds something back, empty when it does not
 */
public record RoomSnapshot(
        String id,
        int participants,
        String shedding,
        List<String> speakers,
        List<OfParticipant> members,
        Totals totals) {

    /** Sums over the room, for metrics. */
    public record Totals(
            long receivedPackets,
            long lostPackets,
            long duplicatePackets,
            long malformedPackets,
            long foreignPackets,
            long forwardedPackets,
            long forwardedBytes,
            long resentPackets,
            long probePackets,
            long queueOverflows,
            long unbuiltPackets,
            long refusedPackets,
            long keyframesRequested,
            long malformedFeedback) {
        /** Nothing happened. */
        public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        public Totals plus(Totals more) {
            return new Totals(
                    receivedPackets + more.receivedPackets,
                    lostPackets + more.lostPackets,
                    duplicatePackets + more.duplicatePackets,
                    malformedPackets + more.malformedPackets,
                    foreignPackets + more.foreignPackets,
                    forwardedPackets + more.forwardedPackets,
                    forwardedBytes + more.forwardedBytes,
                    resentPackets + more.resentPackets,
                    probePackets + more.probePackets,
                    queueOverflows + more.queueOverflows,
                    unbuiltPackets + more.unbuiltPackets,
                    refusedPackets + more.refusedPackets,
                    keyframesRequested + more.keyframesRequested,
                    malformedFeedback + more.malformedFeedback);
        }
    }

    /** One participant: what they send, and how they are served. */
    public record OfParticipant(
            String id,
            String role,
            List<OfPublication> publications,
            long targetBps,
            long ackedBps,
            long rttMicros,
            long queueMicros,
            double loss,
            long forwardedPackets,
            long resentPackets,
            List<OfSlot> slots,
            List<Allocation> allocations) {}

    /** One publication and what of it comes. */
    public record OfPublication(
            String id, String kind, String codec, boolean muted, int neededTop, List<OfEncoding> encodings) {}

    /** One encoding: loss is what never came. */
    public record OfEncoding(
            int index,
            int ssrc,
            boolean alive,
            int height,
            long bps,
            long packets,
            long lost,
            long packetsRequested,
            long packetsRecovered,
            long keyframes,
            long keyframesRequested) {}

    /** One slot that carries something. */
    public record OfSlot(int index, String mid, String publication, int encoding, boolean waiting, long switches) {}
}
