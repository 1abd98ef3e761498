package io.parley.media.sfu.ingest;

import io.parley.media.rtp.RtpPacket;
import io.parley.media.rtp.SequenceUnwrapper;
import io.parley.media.rtp.dependency.DependencyStructure;
import io.parley.media.rtp.extension.ExtensionKind;
import io.parley.media.rtp.extension.ExtensionMap;
import io.parley.media.rtp.extension.HeaderExtensions;
import io.parley.media.rtp.memory.Bytes;
import io.parley.media.rtp.rtcp.RtcpWriter;
import io.parley.media.sfu.Codec;
import io.parley.media.sfu.Limits;
import org.jspecify.annotations.Nullable;

/**
 * One RTP stream of a publisher: a simulcast encoding, an SVC stream, or audio. Takes packets in whatever order they
 * come, keeps each once, asks for what is missing, and knows what every layer costs. One owner; nothing is allocated
 * per packet.
 */
public final class Encoding implements AutoCloseable {
    private static final long ALIVE_NANOS = 1_500_000_000;
    private static final long REPLAY_NANOS = 1_000_000_000;
    private static final int RESTART = 8_192;
    private static final ExtensionKind[] KINDS = ExtensionKind.values();
    private static final Codec[] CODECS = Codec.values();

    private final int index;
    private final boolean video;
    private final EncodingRing ring;
    private final SequenceUnwrapper sequences = new SequenceUnwrapper();
    private final PayloadReader reader = new PayloadReader();
    private final LossRequester losses = new LossRequester();
    private final KeyframeGate keyframes = new KeyframeGate();
    private final LayerMeter meter = new LayerMeter();
    private final SourceClock clock;
    private final ReceptionStatistics statistics;
    private final boolean[] seenTemporal = new boolean[LayerMeter.SPATIAL * LayerMeter.TEMPORAL];
    private int ssrc;
    private long lastPlace;
    private long lastNanos = Long.MIN_VALUE / 2;
    private long keyframeCount;
    private long keyframePlace = -1;
    private long keyframeNanos;

    public Encoding(int index, Codec codec) {
        this.index = index;
        video = codec.isVideo();
        clock = new SourceClock(codec.clockRate());
        statistics = new ReceptionStatistics(codec.clockRate());
        ring = video
                ? new EncodingRing(Limits.VIDEO_RING_BYTES, Limits.VIDEO_RING_PACKETS)
                : new EncodingRing(Limits.AUDIO_RING_BYTES, Limits.AUDIO_RING_PACKETS);
    }

    /**
     * Takes a decrypted packet in. Answers its index in {@link #ring}, or -1 when it is a duplicate or too old.
     * {@code recovered} packets, that came as retransmissions, do not count in the layers' rates.
     */
    public int take(RtpPacket packet, HeaderExtensions extensions, ExtensionMap ids, Codec codec, Arrival arrival) {
        long nowNanos = arrival.nowNanos;
        boolean started = sequences.isStarted();
        long before = sequences.highest();
        long place = sequences.peek(packet.sequence());
        if (started && Math.abs(place - before) > RESTART) {
            if (arrival.recovered) {
                statistics.duplicates++;
                return -1; // a retransmission speaks of the past, never of a new beginning
            }
            restart();
            started = false;
        }
        boolean hold = place > before - Limits.VIDEO_RING_PACKETS / 2 || !started;
        if (!hold || place < 0 || ring.find(place) >= 0) {
            statistics.duplicates++;
            return -1;
        }
        sequences.unwrap(packet.sequence());
        if (started && place > before + 1) {
            losses.missing(before + 1, place, nowNanos);
        } else if (started && place < before) {
            losses.came(place, nowNanos);
        }
        lastPlace = place;
        lastNanos = nowNanos;
        clock.onPacket(packet.timestamp(), nowNanos);
        if (!arrival.recovered) {
            statistics.came(place, packet.timestamp(), nowNanos);
        }
        return store(place, packet, extensions, ids, codec, arrival);
    }

    private int store(
            long place, RtpPacket packet, HeaderExtensions extensions, ExtensionMap ids, Codec codec, Arrival arrival) {
        int kept = keptBytes(extensions, ids);
        int length = packet.payloadLength();
        int slot = ring.add(place, kept, length);
        int dependencyAt = copyExtensions(slot, extensions, ids);
        packet.copyPayload(ring.memory(), ring.payloadAt(slot));
        int facts = Facts.EMPTY;
        if (length > 0) {
            int dependencyLength = dependencyAt < 0 ? 0 : Bytes.u8(ring.memory(), dependencyAt - 1);
            facts = reader.read(codec, ring.memory(), ring.payloadAt(slot), length, dependencyAt, dependencyLength);
            ring.frame(slot, reader.frame(), reader.indications(), reader.references());
        }
        facts |= Facts.withCodec(codec.index()) | (packet.marker() ? Facts.MARKER : 0);
        ring.describe(slot, facts, packet.timestamp(), arrival.nowNanos);
        meter(facts, packet.length(), arrival);
        if (Facts.has(facts, Facts.KEYFRAME)) {
            keyframes.onKeyframe();
            keyframeCount++;
            keyframePlace = place;
            keyframeNanos = arrival.nowNanos;
        }
        return slot;
    }

    private void meter(int facts, int bytes, Arrival arrival) {
        int spatial = Math.min(Facts.spatial(facts), LayerMeter.SPATIAL - 1);
        int temporal = Math.min(Facts.temporal(facts), LayerMeter.TEMPORAL - 1);
        if (!arrival.recovered && !Facts.has(facts, Facts.OPAQUE | Facts.EMPTY)) {
            meter.add(spatial, temporal, bytes, arrival.nowNanos);
            seenTemporal[spatial * LayerMeter.TEMPORAL + temporal] = true;
        }
    }

    private static boolean isKept(@Nullable ExtensionKind kind) {
        return switch (kind) {
            case AUDIO_LEVEL, PLAYOUT_DELAY, DEPENDENCY_DESCRIPTOR, VIDEO_ORIENTATION, ABS_CAPTURE_TIME -> true;
            case ABS_SEND_TIME, TRANSPORT_SEQUENCE, MID, RID, REPAIRED_RID, LAYERS_ALLOCATION -> false;
            case null -> false;
        };
    }

    private static int keptBytes(HeaderExtensions extensions, ExtensionMap ids) {
        int bytes = 0;
        for (int i = 0; i < extensions.count(); i++) {
            int length = 2 + extensions.length(i);
            if (isKept(ids.kind(extensions.id(i))) && bytes + length <= Limits.EXTENSION_BYTES) {
                bytes += length;
            }
        }
        return bytes;
    }

    /** Copies what travels on as kind, length, value; answers where a dependency descriptor begins, or -1. */
    private int copyExtensions(int slot, HeaderExtensions extensions, ExtensionMap ids) {
        var memory = ring.memory();
        int start = ring.extensionAt(slot);
        int at = start;
        int dependencyAt = -1;
        for (int i = 0; i < extensions.count(); i++) {
            var kind = ids.kind(extensions.id(i));
            int length = extensions.length(i);
            if (kind == null || !isKept(kind) || at - start + 2 + length > Limits.EXTENSION_BYTES) {
                continue;
            }
            Bytes.put8(memory, at, kind.index());
            Bytes.put8(memory, at + 1, length);
            Bytes.copy(extensions.memory(), extensions.at(i), memory, at + 2, length);
            if (kind == ExtensionKind.DEPENDENCY_DESCRIPTOR) {
                dependencyAt = at + 2;
            }
            at += 2 + length;
        }
        return dependencyAt;
    }

    /** The kind of a kept extension element by the first byte it is stored with. */
    public static ExtensionKind kind(int stored) {
        return KINDS[stored];
    }

    /** The codec of the packet with {@code facts}. */
    public static Codec codec(int facts) {
        return CODECS[Facts.codecOrdinal(facts)];
    }

    private void restart() {
        sequences.reset();
        losses.clear();
        ring.clear();
        keyframePlace = -1;
        statistics.restart();
    }

    /** A sender report of the publisher about this encoding. */
    public void onSenderReport(long ntp, int rtpTimestamp, long nowNanos) {
        clock.onReport(ntp, rtpTimestamp, nowNanos);
    }

    public void wishKeyframe(long nowNanos) {
        if (video) {
            keyframes.wish(nowNanos);
        }
    }

    /**
     * The place of a keyframe from which everything since is held, or -1: a receiver can begin there at once instead of
     * waiting for the next. No older than a second, so that what follows catches up quickly.
     */
    public long replayableFrom(long nowNanos) {
        if (keyframePlace < 0 || nowNanos - keyframeNanos > REPLAY_NANOS) {
            return -1;
        }
        for (long place = keyframePlace; place <= sequences.highest(); place++) {
            if (ring.find(place) < 0) {
                return -1;
            }
        }
        return keyframePlace;
    }

    /** The newest place taken. */
    public long highestPlace() {
        return sequences.highest();
    }

    /** Whether something is asked for that has not come: {@link #writeRequests} will be due soon. */
    public boolean isAsking() {
        return keyframes.isWished() || (video && losses.waiting() > 0);
    }

    /** Writes what is due to the publisher: requests for packets and for a keyframe. */
    public boolean writeRequests(RtcpWriter writer, long nowNanos) {
        boolean nack = video && losses.write(writer, ssrc, nowNanos);
        return keyframes.write(writer, ssrc, nowNanos) || nack;
    }

    /** Adds a report block about this encoding to the report just begun. */
    public void writeReport(RtcpWriter writer, long nowNanos) {
        statistics.write(writer, ssrc, clock, nowNanos);
    }

    /** Whether packets come. */
    public boolean isAlive(long nowNanos) {
        return nowNanos - lastNanos < ALIVE_NANOS;
    }

    /** Bits a second of a layer with all it stands on. */
    public long bps(int spatial, int temporal, long nowNanos) {
        long sum = 0;
        for (int s = 0; s <= spatial; s++) {
            for (int t = 0; t <= temporal; t++) {
                sum += meter.bps(s, t, nowNanos);
            }
        }
        return sum;
    }

    /** The highest temporal layer that ever came with {@code spatial}, -1 for none. */
    public int temporalTop(int spatial) {
        int top = -1;
        for (int t = 0; t < LayerMeter.TEMPORAL; t++) {
            top = seenTemporal[spatial * LayerMeter.TEMPORAL + t] ? t : top;
        }
        return top;
    }

    /** The highest spatial layer that comes now, -1 for none. */
    public int spatialTop(long nowNanos) {
        int top = -1;
        for (int s = 0; s < LayerMeter.SPATIAL; s++) {
            boolean comes = false;
            for (int t = 0; t < LayerMeter.TEMPORAL; t++) {
                comes |= meter.bps(s, t, nowNanos) > 0;
            }
            top = comes ? s : top;
        }
        return top;
    }

    /** Pixels of a spatial layer, 0 while unknown. */
    public int height(int spatial) {
        return reader.height(spatial);
    }

    public EncodingRing ring() {
        return ring;
    }

    public SourceClock clock() {
        return clock;
    }

    public ReceptionStatistics statistics() {
        return statistics;
    }

    /** The newest dependency structure; empty without descriptors. */
    public DependencyStructure structure() {
        return reader.structure();
    }

    public boolean hasStructure() {
        return reader.hasStructure();
    }

    public int activeTargets() {
        return reader.activeTargets();
    }

    /** Which of its publication's encodings this is, 0 for the smallest. */
    public int index() {
        return index;
    }

    public int ssrc() {
        return ssrc;
    }

    public void ssrc(int value) {
        ssrc = value;
    }

    /** The place of the packet taken last. */
    public long lastPlace() {
        return lastPlace;
    }

    public long keyframeCount() {
        return keyframeCount;
    }

    public long keyframesRequested() {
        return keyframes.requests;
    }

    public long packetsRequested() {
        return losses.requested;
    }

    public long packetsRecovered() {
        return losses.recovered;
    }

    @Override
    public void close() {
        ring.close();
    }

    /** How a packet came. A flyweight of the caller, so that no call has too many parameters. */
    public static final class Arrival {
        public long nowNanos;
        public boolean recovered;
    }
}
