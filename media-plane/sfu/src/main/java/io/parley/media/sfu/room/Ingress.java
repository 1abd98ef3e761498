package io.parley.media.sfu.room;

import io.parley.media.rtp.RtpPacket;
import io.parley.media.rtp.Rtx;
import io.parley.media.rtp.extension.AudioLevel;
import io.parley.media.rtp.extension.ExtensionKind;
import io.parley.media.rtp.extension.ExtensionMap;
import io.parley.media.rtp.extension.HeaderExtensions;
import io.parley.media.rtp.extension.TransportSequence;
import io.parley.media.sfu.Codec;
import io.parley.media.sfu.Limits;
import io.parley.media.sfu.PayloadTypes;
import io.parley.media.sfu.ingest.ArrivalFeedback;
import io.parley.media.sfu.ingest.Encoding;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * All that comes from one participant: finds which publication and encoding a packet belongs to, undoes retransmission,
 * and lets each packet through once. Foreign and malformed packets are counted and dropped. One owner; nothing is
 * allocated per packet but with the first of a stream.
 */
final class Ingress {
    private final PayloadTypes types;
    private final ExtensionMap ids;
    private final RtpPacket packet = new RtpPacket();
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final Encoding.Arrival arrival = new Encoding.Arrival();
    private final SourceTable sources = new SourceTable(Limits.SSRCS);
    private final @Nullable ArrivalFeedback feedback;
    private final int transportId;
    private final int levelId;
    private @Nullable Publication publication;
    private @Nullable Encoding encoding;
    private int level;
    long malformed;
    long foreign;
    long padding;
    long recovered;

    Ingress(PayloadTypes types, ExtensionMap ids) {
        this.types = types;
        this.ids = ids;
        transportId = ids.id(ExtensionKind.TRANSPORT_SEQUENCE);
        levelId = ids.id(ExtensionKind.AUDIO_LEVEL);
        feedback = transportId == 0 ? null : new ArrivalFeedback();
    }

    void add(Publication added) {
        sources.add(added);
    }

    void remove(Publication removed) {
        sources.remove(removed);
    }

    /**
     * Takes a packet. Answers its index in the ring of {@link #encoding}, or -1 when it is not to be forwarded: a
     * duplicate, padding, malformed or foreign.
     */
    int take(MemorySegment memory, int offset, int length, long nowNanos) {
        boolean sound =
                length <= Limits.PACKET_BYTES && packet.parse(memory, offset, length) && extensions.parse(packet);
        if (!sound) {
            malformed++;
            return -1;
        }
        if (feedback != null) {
            int at = extensions.find(transportId, TransportSequence.LENGTH);
            if (at >= 0) {
                feedback.came(TransportSequence.read(memory, at), packet.ssrc(), nowNanos);
            }
        }
        int type = packet.payloadType();
        int repaired = types.repaired(type);
        boolean repair = repaired >= 0;
        int source = sources.find(packet, extensions, ids, repair);
        var codec = types.codec(repair ? repaired : type);
        if (source < 0 || codec == null) {
            foreign++;
            return -1;
        }
        arrival.nowNanos = nowNanos;
        arrival.recovered = repair;
        publication = sources.publication(source);
        return store(source, codec, repair ? repaired : -1);
    }

    private int store(int source, Codec codec, int repairedType) {
        var to = publication;
        if (to == null || codec.isVideo() != to.kind().isVideo()) {
            foreign++;
            return -1;
        }
        var stream = to.encodingFor(sources.encoding(source), codec);
        encoding = stream;
        if (repairedType >= 0) {
            // Only padding probes come before the first packet of the stream itself.
            if (packet.payloadLength() == 0 || stream.ssrc() == 0 || !Rtx.unwrap(packet, repairedType, stream.ssrc())) {
                padding++;
                return -1;
            }
            extensions.parse(packet);
            recovered++;
        } else {
            stream.ssrc(packet.ssrc());
        }
        readLevel();
        return stream.take(packet, extensions, ids, codec, arrival);
    }

    private void readLevel() {
        int at = levelId == 0 ? -1 : extensions.find(levelId, AudioLevel.LENGTH);
        level = at < 0 ? -1 : AudioLevel.level(packet.memory(), at);
    }

    /** The publication of the packet taken last. */
    @Nullable
    Publication publication() {
        return publication;
    }

    /** The encoding of the packet taken last. */
    @Nullable
    Encoding encoding() {
        return encoding;
    }

    /** The audio level of the packet taken last, 0 (loudest) to 127, or -1 when it does not say. */
    int level() {
        return level;
    }

    @Nullable
    ArrivalFeedback feedback() {
        return feedback;
    }

    /** The encoding that {@code ssrc} is known for, or null. */
    @Nullable
    Encoding encodingOf(int ssrc) {
        int source = sources.findSsrc(ssrc);
        return source < 0 || sources.isRepair(source)
                ? null
                : sources.publicationOf(source).encoding(sources.encoding(source));
    }
}
