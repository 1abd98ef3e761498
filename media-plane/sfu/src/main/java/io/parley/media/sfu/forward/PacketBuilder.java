package io.parley.media.sfu.forward;

import io.parley.media.rtp.RedBlocks;
import io.parley.media.rtp.RtpHeader;
import io.parley.media.rtp.extension.AbsSendTime;
import io.parley.media.rtp.extension.ExtensionKind;
import io.parley.media.rtp.extension.ExtensionWriter;
import io.parley.media.rtp.extension.TransportSequence;
import io.parley.media.rtp.memory.Bytes;
import io.parley.media.sfu.Codec;
import io.parley.media.sfu.Limits;
import io.parley.media.sfu.ingest.Encoding;
import io.parley.media.sfu.ingest.EncodingRing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Writes packets as one receiver gets them, straight into the memory from which they are encrypted and sent: header and
 * extension anew, the payload copied once from the ring with its descriptor rewritten. One per room, for one packet
 * after the other: {@link #to}, then {@link #media}, {@link #repair} or {@link #padding}. Allocates nothing.
 */
public final class PacketBuilder {
    /** What {@link #media} and {@link #repair} answer when there is nothing to send. */
    public static final int NOTHING = -1;

    private static final int ORIGINAL_SEQUENCE = 2;
    private static final int ONE_BYTE_VALUE_MAX = 16;
    private static final int DEPENDENCY = ExtensionKind.DEPENDENCY_DESCRIPTOR.index();
    private static final int RED_HEADER = 4;

    private final ExtensionWriter extensions = new ExtensionWriter();
    private final RedBlocks red = new RedBlocks();
    private final OutgoingPacket packet = new OutgoingPacket();
    private final MemorySegment descriptor = Arena.ofAuto().allocate(Limits.EXTENSION_BYTES + 64L);
    private ReceiveFormat format = ReceiveFormat.NOTHING;
    private MemorySegment memory = MemorySegment.NULL;
    private int start;
    private int end;
    private int position;
    private int transportAt;
    private int absSendTimeAt;

    /** The next packet is for a receiver with {@code receiver} and goes to {@code at}, {@code capacity} bytes. */
    public PacketBuilder to(ReceiveFormat receiver, MemorySegment target, int at, int capacity) {
        format = receiver;
        memory = target;
        start = at;
        end = at + capacity;
        return this;
    }

    /**
     * Writes what leaves as {@code number}; answers its length, or {@link #NOTHING} when it is gone, unknown to the
     * receiver, or does not fit.
     */
    public int media(SlotForwarder forwarder, long number, StreamNames names) {
        if (!forwarder.describe(number, packet)) {
            return NOTHING;
        }
        var encoding = packet.encoding;
        if (encoding == null) {
            int type = format.type(forwarder.lastCodec());
            return type < 0 ? NOTHING : empty(type, packet.sequence, packet.timestamp, names.ssrc(), names, 1);
        }
        int type = type(Encoding.codec(encoding.ring().facts(packet.index)));
        if (type < 0) {
            return NOTHING;
        }
        RtpHeader.write(memory, start, type, packet.sequence, packet.timestamp, names.ssrc());
        RtpHeader.marker(memory, start, packet.marker);
        writeExtensions(forwarder, encoding, names);
        return writePayload(forwarder, encoding.ring());
    }

    /**
     * Payload bytes of the packet of {@code length} just built, as sender reports count them (RFC 3550 section 6.4.1).
     */
    public int payloadBytes(int length) {
        return packet.encoding == null ? 0 : length - (position - start);
    }

    /** As {@link #media} for a retransmission (RFC 4588); also nothing when the receiver knows no RTX for it. */
    public int repair(SlotForwarder forwarder, long number, StreamNames names) {
        if (names.repairSsrc() == 0 || !forwarder.describe(number, packet)) {
            return NOTHING;
        }
        var encoding = packet.encoding;
        if (encoding == null) {
            return NOTHING; // filler that got lost: what it stood for is not needed
        }
        int type = format.repairType(Encoding.codec(encoding.ring().facts(packet.index)));
        if (type < 0) {
            return NOTHING;
        }
        RtpHeader.write(memory, start, type, names.nextRepair(), packet.timestamp, names.repairSsrc());
        RtpHeader.marker(memory, start, packet.marker);
        writeExtensions(forwarder, encoding, names);
        if (position + ORIGINAL_SEQUENCE > end) {
            return NOTHING;
        }
        Bytes.put16(memory, position, packet.sequence);
        position += ORIGINAL_SEQUENCE;
        return writePayload(forwarder, encoding.ring());
    }

    /** A packet of {@code bytes} of padding, 1 to 255, on the retransmission stream: to probe with. */
    public int padding(SlotForwarder forwarder, StreamNames names, int bytes) {
        int own = format.repairType(forwarder.lastCodec());
        int type = own >= 0 ? own : format.anyRepairType();
        if (type < 0 || names.repairSsrc() == 0) {
            return NOTHING;
        }
        return empty(type, names.nextRepair(), forwarder.lastTimestamp(), names.repairSsrc(), names, bytes);
    }

    private int empty(int type, int sequence, int timestamp, int ssrc, StreamNames names, int bytes) {
        RtpHeader.write(memory, start, type, sequence, timestamp, ssrc);
        beginExtensions(format.isTwoByte(), names);
        finishExtensions();
        if (position + bytes > end) {
            return NOTHING;
        }
        Bytes.clear(memory, position, bytes - 1);
        Bytes.put8(memory, position + bytes - 1, bytes);
        RtpHeader.padding(memory, start, true);
        return position + bytes - start;
    }

    /** The payload type to send with; RED is unpacked for who knows Opus only. */
    private int type(Codec codec) {
        int type = format.type(codec);
        return type < 0 && codec == Codec.RED ? format.type(Codec.OPUS) : type;
    }

    private void writeExtensions(SlotForwarder forwarder, Encoding encoding, StreamNames names) {
        var kept = encoding.ring().memory();
        int first = encoding.ring().extensionAt(packet.index);
        int last = first + encoding.ring().extensionLength(packet.index);
        boolean wide = format.isTwoByte();
        for (int at = first; at < last; at += 2 + Bytes.u8(kept, at + 1)) {
            wide |= isWide(Bytes.u8(kept, at), Bytes.u8(kept, at + 1));
        }
        beginExtensions(wide, names);
        for (int at = first; at < last; at += 2 + Bytes.u8(kept, at + 1)) {
            int kind = Bytes.u8(kept, at);
            int length = Bytes.u8(kept, at + 1);
            int id = format.extensionId(kind);
            var dependencies = forwarder.dependencies();
            if (id != 0 && kind == DEPENDENCY && dependencies != null) {
                int written = dependencies.writeDescriptor(kept, at + 2, length, descriptor, packet.word);
                extensions.add(id, descriptor, 0, written);
            } else if (id != 0 && kind != DEPENDENCY) {
                extensions.add(id, kept, at + 2, length);
            }
        }
        finishExtensions();
    }

    /** Whether an element needs the two-byte form; a dependency descriptor may grow by a mask. */
    private boolean isWide(int kind, int length) {
        boolean dependency = kind == DEPENDENCY && format.extensionId(kind) != 0;
        return dependency && DependencyFilter.lengthMax(length) > ONE_BYTE_VALUE_MAX;
    }

    private void beginExtensions(boolean wide, StreamNames names) {
        int at = start + RtpHeader.LENGTH;
        extensions.begin(memory, at, end - at, wide);
        int transportId = format.extensionId(ExtensionKind.TRANSPORT_SEQUENCE);
        transportAt = transportId == 0 ? -1 : extensions.add(transportId, TransportSequence.LENGTH);
        int absSendTimeId = format.extensionId(ExtensionKind.ABS_SEND_TIME);
        absSendTimeAt = absSendTimeId == 0 ? -1 : extensions.add(absSendTimeId, AbsSendTime.LENGTH);
        int midId = format.extensionId(ExtensionKind.MID);
        if (midId != 0 && names.mid().length > 0) {
            extensions.add(midId, names.mid());
        }
    }

    private void finishExtensions() {
        int length = extensions.finish();
        RtpHeader.extension(memory, start, length > 0);
        position = start + RtpHeader.LENGTH + length;
    }

    private int writePayload(SlotForwarder forwarder, EncodingRing ring) {
        int index = packet.index;
        int from = ring.payloadAt(index);
        int length = ring.payloadLength(index);
        if (position + length > end) {
            return NOTHING;
        }
        int facts = ring.facts(index);
        if (Encoding.codec(facts) == Codec.RED) {
            return writeRed(ring.memory(), from, length);
        }
        Bytes.copy(ring.memory(), from, memory, position, length);
        forwarder.filterFor(facts, ring.frame(index) >= 0).rewrite(memory, position, length, packet.word);
        return position + length - start;
    }

    /** Redundancy passes with the receiver's payload types inside, or only its newest block goes on. */
    private int writeRed(MemorySegment kept, int from, int length) {
        if (!red.parse(kept, from, length)) {
            return NOTHING;
        }
        if (format.type(Codec.RED) < 0) {
            int primary = red.count() - 1;
            Bytes.copy(kept, red.at(primary), memory, position, red.length(primary));
            return position + red.length(primary) - start;
        }
        Bytes.copy(kept, from, memory, position, length);
        int opus = format.type(Codec.OPUS);
        for (int i = 0; opus >= 0 && i < red.count(); i++) {
            int at = position + i * RED_HEADER;
            Bytes.put8(memory, at, (Bytes.u8(memory, at) & 0x80) | opus);
        }
        return position + length - start;
    }

    /** Numbers the packet just built; a receiver without the extension needs none. */
    public void transportSequence(int sequence) {
        if (transportAt >= 0) {
            TransportSequence.write(memory, transportAt, sequence);
        }
    }

    /** Says in the packet just built when it is sent. */
    public void sentAt(long nowNanos) {
        if (absSendTimeAt >= 0) {
            AbsSendTime.write(memory, absSendTimeAt, AbsSendTime.of(nowNanos));
        }
    }
}
