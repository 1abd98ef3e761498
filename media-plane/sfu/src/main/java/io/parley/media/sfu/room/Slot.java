package io.parley.media.sfu.room;

import io.parley.media.sfu.forward.SlotForwarder;
import io.parley.media.sfu.forward.StreamNames;
import io.parley.media.sfu.ingest.Encoding;
import org.jspecify.annotations.Nullable;

/** One fixed receive place of a participant: one stream with one SSRC, whoever is in it. */
final class Slot implements SlotForwarder.Output {
    /** More is no report of ours: a made-up number weighs no more than ten seconds of a fast stream. */
    private static final long REPORTED_PACKETS_MAX = 20_000;

    private static final long ASK_EVERY_NANOS = 300_000_000;

    private final int index;
    private final SlotOptions options;
    private final Egress egress;
    private final StreamNames names;
    private final SlotForwarder forwarder;
    private @Nullable Publication publication;
    long sentPackets;
    long sentBytes;
    private long reportedHighest = -1;
    private long askedNanos = Long.MIN_VALUE / 2;

    Slot(int index, SlotOptions options, Egress egress, int firstNumber) {
        this.index = index;
        this.options = options;
        this.egress = egress;
        names = new StreamNames(
                options.ssrc(),
                options.repairSsrc(),
                options.mid().getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                firstNumber >> 1);
        forwarder = new SlotForwarder(this, options.video(), firstNumber);
    }

    int index() {
        return index;
    }

    SlotOptions options() {
        return options;
    }

    StreamNames names() {
        return names;
    }

    SlotForwarder forwarder() {
        return forwarder;
    }

    @Nullable
    Publication publication() {
        return publication;
    }

    /** Puts another publication in, or none; answers whether that changed anything. */
    boolean assign(@Nullable Publication next, long nowNanos) {
        var before = publication;
        if (before == next) {
            return false;
        }
        if (before != null) {
            before.unsubscribe(this);
            forwarder.target(null, 0, 0, nowNanos);
            for (int i = 0; i < before.encodingCount(); i++) {
                var encoding = before.encoding(i);
                if (encoding != null) {
                    forwarder.forget(encoding);
                }
            }
        }
        publication = next;
        if (next != null) {
            next.subscribe(this);
        }
        return true;
    }

    /** How many packets a report speaks of whose extended highest number is {@code highest}. */
    long packetsSinceReport(long highest) {
        long packets = reportedHighest < 0 ? sentPackets : highest - reportedHighest;
        reportedHighest = highest;
        return Math.clamp(packets, 0, REPORTED_PACKETS_MAX);
    }

    /** What of the publication is wanted; asks for a keyframe where one is needed. */
    void select(@Nullable Encoding encoding, int spatial, int temporal, long nowNanos) {
        boolean changes = encoding != forwarder.target();
        forwarder.target(encoding, spatial, temporal, nowNanos);
        if (encoding != null && changes && forwarder.isWaiting() && !replay(encoding, nowNanos)) {
            askKeyframe(nowNanos);
        }
    }

    /** Begins with the last keyframe when all since is still there: nobody waits, and the publisher is not asked. */
    private boolean replay(Encoding encoding, long nowNanos) {
        if (!options.video()) {
            return true;
        }
        // Out of another encoding the past would be seen twice.
        long first = forwarder.current() == null ? encoding.replayableFrom(nowNanos) : -1;
        if (first < 0) {
            return false;
        }
        for (long place = first; place <= encoding.highestPlace(); place++) {
            egress.enqueue(this, encoding, place);
        }
        return true;
    }

    /** Asks again while a keyframe is waited for. */
    void tick(long nowNanos) {
        if (forwarder.isWaiting() && nowNanos - askedNanos > ASK_EVERY_NANOS) {
            askKeyframe(nowNanos);
        }
    }

    void askKeyframe(long nowNanos) {
        var target = forwarder.target();
        if (target != null) {
            askedNanos = nowNanos;
            target.wishKeyframe(nowNanos);
        }
    }

    void enqueue(Encoding encoding, long place) {
        if (encoding == forwarder.current() || encoding == forwarder.target()) {
            egress.enqueue(this, encoding, place);
        }
    }

    @Override
    public void media(SlotForwarder from, Encoding encoding, int at, long number) {
        egress.send(this, number);
    }

    @Override
    public void filler(SlotForwarder from, long number) {
        egress.send(this, number);
    }
}
