package io.parley.media.sfu.room;

import io.parley.media.rtp.RtpHeader;
import io.parley.media.rtp.RtpPacket;
import io.parley.media.rtp.Rtx;
import io.parley.media.rtp.extension.ExtensionKind;
import io.parley.media.rtp.extension.ExtensionMap;
import io.parley.media.rtp.extension.ExtensionWriter;
import io.parley.media.rtp.memory.Bytes;
import io.parley.media.sfu.Codec;
import io.parley.media.sfu.PayloadTypes;
import io.parley.media.sfu.allocation.Role;
import io.parley.media.sfu.rate.RateLimits;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A room in virtual time, with participants whose packets are made here. */
final class RoomWorld {
    static final int OPUS = 111;
    static final int VP8 = 96;
    static final int RTX = 97;
    static final int LEVEL_ID = 1;
    static final int TRANSPORT_ID = 3;
    static final PayloadTypes TYPES = new PayloadTypes(
            Map.of(OPUS, Codec.OPUS, 63, Codec.RED, VP8, Codec.VP8, 98, Codec.VP9, 102, Codec.H264, 45, Codec.AV1),
            Map.of(RTX, VP8, 99, 98, 103, 102, 46, 45));
    static final ExtensionMap EXTENSIONS = new ExtensionMap(Map.of(
            ExtensionKind.AUDIO_LEVEL, LEVEL_ID,
            ExtensionKind.TRANSPORT_SEQUENCE, TRANSPORT_ID,
            ExtensionKind.MID, 4,
            ExtensionKind.RID, 10,
            ExtensionKind.REPAIRED_RID, 11,
            ExtensionKind.DEPENDENCY_DESCRIPTOR, 12));
    static final ExtensionMap PLAIN_EXTENSIONS = new ExtensionMap(Map.of(ExtensionKind.AUDIO_LEVEL, LEVEL_ID));

    final Room room;
    final List<String> events = new ArrayList<>();
    long nanos = 5_000_000_000L;
    private final MemorySegment memory = Arena.ofAuto().allocate(2_048);
    private final ExtensionWriter writer = new ExtensionWriter();
    private int repairs;

    RoomWorld() {
        this(new RoomEvents() {});
    }

    RoomWorld(RoomEvents listener) {
        room = new Room(RoomOptions.of("room", 1_700_000_000_000L, nanos, new Random(7)), listener);
    }

    /** A room that lets through {@code loudest} voices at once. */
    RoomWorld(int loudest) {
        var options = new RoomOptions("room", 1_700_000_000_000L, nanos, new Random(7), RateLimits.DEFAULT, loudest);
        room = new Room(options, new RoomEvents() {});
    }

    Participant join(String id, PacketSink sink, int videoSlots) {
        return join(id, sink, videoSlots, EXTENSIONS);
    }

    Participant join(String id, PacketSink sink, int videoSlots, ExtensionMap extensions) {
        var slots = new ArrayList<SlotOptions>();
        for (int i = 0; i < videoSlots; i++) {
            slots.add(new SlotOptions("v" + i, true, videoSsrc(i), videoSsrc(i) + 1));
        }
        slots.add(new SlotOptions("a0", false, audioSsrc(0), 0));
        slots.add(new SlotOptions("a1", false, audioSsrc(1), 0));
        return room.join(new ParticipantOptions(id, Role.VIEWER, TYPES, extensions, sink, slots));
    }

    static int videoSsrc(int slot) {
        return 1_000 + slot * 10;
    }

    static int audioSsrc(int slot) {
        return 2_000 + slot * 10;
    }

    Publication camera(Participant owner, int... ssrcs) {
        var encodings = new ArrayList<EncodingOptions>();
        for (int ssrc : ssrcs) {
            encodings.add(new EncodingOptions("", ssrc, ssrc + 1));
        }
        return room.publish(owner, new PublicationOptions(owner.id() + "-camera", SourceKind.CAMERA, "0", encodings));
    }

    Publication microphone(Participant owner, int ssrc) {
        var encodings = List.of(new EncodingOptions("", ssrc, 0));
        return room.publish(owner, new PublicationOptions(owner.id() + "-mic", SourceKind.MICROPHONE, "1", encodings));
    }

    /** One VP8 packet of {@code bytes} payload behind its 10-byte descriptor and start. */
    void vp8(Participant from, int ssrc, int sequence, Vp8Frame frame, int bytes) {
        room.onRtp(from, memory, 0, writeVp8(ssrc, sequence, frame, bytes), nanos);
    }

    /** The same packet as its publisher sends it again, on the SSRC behind (RFC 4588). */
    void vp8Again(Participant from, int ssrc, int sequence, Vp8Frame frame, int bytes) {
        var original = new RtpPacket();
        original.parse(memory, 0, writeVp8(ssrc, sequence, frame, bytes));
        var again = Arena.ofAuto().allocate(2_048);
        repairs++;
        room.onRtp(from, again, 0, Rtx.wrap(original, again, 0, RTX, repairs, ssrc + 1), nanos);
    }

    /** A packet with any payload; {@code level} is -1 when it does not say how loud it is. */
    void rtp(Participant from, int type, int ssrc, int sequence, int level, byte[] payload) {
        RtpHeader.write(memory, 0, type, sequence, sequence * 960, ssrc);
        int at = RtpHeader.LENGTH + extension(level, sequence);
        MemorySegment.copy(payload, 0, memory, ValueLayout.JAVA_BYTE, at, payload.length);
        room.onRtp(from, memory, 0, at + payload.length, nanos);
    }

    private int writeVp8(int ssrc, int sequence, Vp8Frame frame, int bytes) {
        RtpHeader.write(memory, 0, VP8, sequence, frame.timestamp, ssrc);
        RtpHeader.marker(memory, 0, frame.last);
        int at = RtpHeader.LENGTH + extension(-1, sequence);
        Bytes.put8(memory, at, 0x80 | (frame.first ? 0x10 : 0));
        Bytes.put8(memory, at + 1, 0xf0); // I, L, T, K
        Bytes.put16(memory, at + 2, 0x8000 | (frame.pictureId & 0x7fff));
        Bytes.put8(memory, at + 4, frame.tl0);
        Bytes.put8(memory, at + 5, (frame.temporal << 6) | (frame.sync ? 0x20 : 0) | (frame.keyIndex & 0x1f));
        Bytes.put8(memory, at + 6, frame.key ? 0 : 1);
        Bytes.clear(memory, at + 7, bytes);
        if (frame.key) {
            Bytes.put24(memory, at + 9, 0x9d012a);
            Bytes.put8(memory, at + 12, frame.height * 16 / 9 & 0xff);
            Bytes.put8(memory, at + 13, (frame.height * 16 / 9) >> 8);
            Bytes.put8(memory, at + 14, frame.height & 0xff);
            Bytes.put8(memory, at + 15, frame.height >> 8);
        }
        return at + 7 + bytes;
    }

    void opus(Participant from, int ssrc, int sequence, int level) {
        RtpHeader.write(memory, 0, OPUS, sequence, sequence * 960, ssrc);
        int at = RtpHeader.LENGTH + extension(level, sequence);
        Bytes.clear(memory, at, 80);
        room.onRtp(from, memory, 0, at + 80, nanos);
    }

    private int extension(int level, int sequence) {
        writer.begin(memory, RtpHeader.LENGTH, 64, false);
        Bytes.put16(memory, writer.add(TRANSPORT_ID, 2), sequence);
        if (level >= 0) {
            Bytes.put8(memory, writer.add(LEVEL_ID, 1), level);
        }
        RtpHeader.extension(memory, 0, true);
        return writer.finish();
    }

    void flush() {
        room.turn(nanos);
    }

    /** Lets time pass, in turns of 5 ms. */
    void pass(long millis) {
        for (long passed = 0; passed < millis; passed += 5) {
            nanos += 5_000_000;
            room.turn(nanos);
        }
    }

    /** What one VP8 packet says about its frame. */
    static final class Vp8Frame {
        int pictureId;
        int tl0;
        int temporal;
        int keyIndex;
        int timestamp;
        int height = 180;
        boolean sync;
        boolean key;
        boolean first = true;
        boolean last = true;
    }
}
