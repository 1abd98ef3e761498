package io.parley.media.sfu.room;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.RedWriter;
import io.parley.media.rtp.RtpPacket;
import io.parley.media.sfu.Codec;
import io.parley.media.sfu.PayloadTypes;
import io.parley.media.sfu.allocation.Role;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which voices are heard, and what becomes of redundant and of encrypted audio, in virtual time. */
class RoomAudioTest {
    private static final int RED = 63;
    private static final int VP9 = 98;
    private static final int QUIET = -2;
    private static final int UNSAID = -1;

    private final RecordingSink sink = new RecordingSink();
    private int sequence;

    /** Plays two seconds and answers whose packets, by their first byte, the receiver got in the last half. */
    private Set<Integer> heard(RoomWorld world, List<Participant> voices, int... levels) {
        int from = 0;
        for (int i = 0; i < 100; i++) {
            for (int v = 0; v < levels.length; v++) {
                if (levels[v] != QUIET) {
                    world.rtp(voices.get(v), RoomWorld.OPUS, 50 + v, sequence, levels[v], new byte[] {(byte) v, 1, 2});
                }
            }
            sequence++;
            world.flush();
            world.pass(20);
            from = i == 50 ? sink.rtp.size() : from;
        }
        var owners = new TreeSet<Integer>();
        for (byte[] bytes : sink.rtp.subList(from, sink.rtp.size())) {
            owners.add((int) payload(RecordingSink.parse(bytes))[0]);
        }
        return owners;
    }

    private static List<Participant> speakers(RoomWorld world, int count) {
        var voices = new java.util.ArrayList<Participant>();
        for (int i = 0; i < count; i++) {
            voices.add(world.join("p" + i, new RecordingSink(), 0));
            world.microphone(voices.get(i), 50 + i);
        }
        return voices;
    }

    private static byte[] payload(RtpPacket packet) {
        return packet.memory()
                .asSlice(packet.payloadOffset(), packet.payloadLength())
                .toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void theLoudestAreHeardAndWhoStopsSendingMakesRoom() {
        var world = new RoomWorld(2);
        var voices = speakers(world, 3);
        world.join("r", sink, 0);
        assertEquals(Set.of(0, 1), heard(world, voices, 20, 30, 70));
        assertEquals(Set.of(0, 1), heard(world, voices, 20, 30, 28), "a little louder is not enough");
        assertEquals(Set.of(0, 2), heard(world, voices, 20, 40, 10));
        assertEquals(Set.of(1), heard(world, voices, QUIET, 60, QUIET), "who is gone holds no place");
    }

    @Test
    void aVoiceThatDoesNotSayHowLoudItIsIsHeardBeforeNoise() {
        var world = new RoomWorld(1);
        var voices = speakers(world, 2);
        world.join("r", sink, 0);
        assertEquals(Set.of(1), heard(world, voices, 100, UNSAID));
        assertEquals(Set.of(0), heard(world, voices, 15, UNSAID));
    }

    @Test
    void redundancyPassesToWhoKnowsItAndIsUnpackedForOthers() {
        var world = new RoomWorld();
        var voice = speakers(world, 1).getFirst();
        world.join("knows", sink, 0);
        var plain = new RecordingSink();
        var opusOnly = new PayloadTypes(Map.of(109, Codec.OPUS), Map.of());
        var slots = List.of(new SlotOptions("a0", false, RoomWorld.audioSsrc(0), 0));
        world.room.join(new ParticipantOptions("opus", Role.VIEWER, opusOnly, RoomWorld.EXTENSIONS, plain, slots));
        byte[] older = {9, 8, 7};
        byte[] newest = {1, 2, 3, 4};
        byte[] packed = new byte[64];
        var red = new RedWriter().begin();
        assertTrue(red.redundant(RoomWorld.OPUS, 960, MemorySegment.ofArray(older), 0, older.length));
        red.primary(RoomWorld.OPUS, MemorySegment.ofArray(newest), 0, newest.length);
        int length = red.finish(MemorySegment.ofArray(packed), 0, packed.length);
        byte[] payload = java.util.Arrays.copyOf(packed, length);
        for (int i = 0; i < 50; i++) {
            world.rtp(voice, RED, 50, i, 30, payload);
            world.flush();
            world.pass(20);
        }
        var passed = sink.stream(RoomWorld.audioSsrc(0)).getLast();
        assertEquals(RED, passed.payloadType());
        assertArrayEquals(payload, payload(passed));
        var unpacked = plain.stream(RoomWorld.audioSsrc(0)).getLast();
        assertEquals(109, unpacked.payloadType());
        assertArrayEquals(newest, payload(unpacked));
    }

    @Test
    void encryptedFramesPassAsTheyAre() {
        var world = new RoomWorld();
        var voice = speakers(world, 1).getFirst();
        world.camera(voice, 42);
        world.join("r", sink, 1);
        var random = new java.util.Random(3);
        byte[] sound = new byte[90];
        byte[] picture = new byte[700];
        for (int i = 0; i < 50; i++) {
            random.nextBytes(sound);
            random.nextBytes(picture);
            byte[] descriptor = {(byte) (i % 10 == 0 ? 0xac : 0xec), (byte) 0x80, (byte) i, 0, (byte) i};
            System.arraycopy(descriptor, 0, picture, 0, descriptor.length);
            world.rtp(voice, RoomWorld.OPUS, 50, i, 30, sound);
            world.rtp(voice, VP9, 42, i, UNSAID, picture);
            world.flush();
            world.pass(20);
        }
        assertArrayEquals(sound, payload(sink.stream(RoomWorld.audioSsrc(0)).getLast()));
        byte[] got = payload(sink.stream(RoomWorld.videoSsrc(0)).getLast());
        assertEquals(picture.length, got.length);
        byte[] frame = java.util.Arrays.copyOfRange(picture, 5, picture.length);
        assertArrayEquals(frame, java.util.Arrays.copyOfRange(got, 5, got.length));
    }
}
