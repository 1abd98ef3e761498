package io.parley.media.sfu.room;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.RtpHeader;
import io.parley.media.rtp.memory.Bytes;
import io.parley.media.sfu.allocation.Role;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile participants: whatever they send, nothing escapes, and nothing that is sent on is malformed. */
class RoomFuzzTest {
    private static final int PACKETS = 6_000;
    private static final int[] TYPES = {111, 63, 96, 97, 98, 99, 102, 103, 45, 46, 127};
    private static final int[] SSRCS = {42, 43, 52, 53, 60, 61, 4_711};

    private final MemorySegment memory = Arena.ofAuto().allocate(2_048);

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void nothingEscapes(long seed) {
        var random = new Random(seed);
        var world = new RoomWorld();
        var hostile = world.join("h", new RecordingSink(), 1);
        var sink = new RecordingSink();
        var receiver = world.join("r", sink, 2);
        world.camera(hostile, 42, 52);
        world.microphone(hostile, 60);
        for (int i = 0; i < PACKETS; i++) {
            world.nanos += 1_000_000;
            boolean fromReceiver = random.nextBoolean();
            if (random.nextInt(4) == 0) {
                int length = rtcp(random);
                world.room.onRtcp(fromReceiver ? receiver : hostile, memory, 0, length, world.nanos);
            } else {
                int length = rtp(random, i);
                world.room.onRtp(fromReceiver ? receiver : hostile, memory, 0, length, world.nanos);
            }
            if (random.nextInt(3) == 0) {
                world.flush();
                world.pass(5);
            }
            if (random.nextInt(500) == 0) {
                world.room.wish(receiver, wishes(random));
                world.room.role(hostile, List.of(Role.values()).get(random.nextInt(3)));
                world.room.shed(List.of(Shedding.values()).get(random.nextInt(4)), "load");
            }
        }
        sink.rtp.forEach(RecordingSink::parse);
        assertTrue(world.room.snapshot(world.nanos).totals().receivedPackets() > 0);
        world.room.leave(hostile, world.nanos);
        world.pass(500);
        world.room.close();
    }

    private static Wishes wishes(Random random) {
        var ids = List.of("h-camera", "nobody");
        int height = random.nextInt(3) * 360;
        return new Wishes(
                java.util.Set.of(ids.get(random.nextInt(2))),
                java.util.Set.of(),
                java.util.Map.of("h-camera", height),
                random.nextInt(1_000),
                random.nextInt(4) - 1,
                random.nextBoolean());
    }

    private int rtp(Random random, int number) {
        int length = 12 + random.nextInt(60);
        for (int i = 12; i < length; i++) {
            Bytes.put8(memory, i, random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(8) << 4);
        }
        int type = TYPES[random.nextInt(TYPES.length)];
        int sequence = random.nextInt(20) == 0 ? random.nextInt(1 << 16) : (number + random.nextInt(6)) & 0xffff;
        int ssrc = SSRCS[random.nextInt(SSRCS.length)];
        RtpHeader.write(memory, 0, type, sequence, random.nextInt(4) * 3_000 + number * 3_000, ssrc);
        RtpHeader.marker(memory, 0, random.nextBoolean());
        if (random.nextInt(3) == 0 && length >= 32) {
            RtpHeader.extension(memory, 0, true);
            Bytes.put16(memory, 12, random.nextBoolean() ? 0xbede : 0x1000);
            Bytes.put16(memory, 14, random.nextInt(4));
        }
        RtpHeader.padding(memory, 0, random.nextInt(10) == 0);
        return random.nextInt(50) == 0 ? random.nextInt(length) : length;
    }

    private int rtcp(Random random) {
        int words = 1 + random.nextInt(12);
        for (int i = 0; i < words * 4; i++) {
            Bytes.put8(memory, i, random.nextInt(256));
        }
        Bytes.put8(memory, 0, 0x80 | (random.nextBoolean() ? 1 : 15));
        Bytes.put8(memory, 1, 200 + random.nextInt(8));
        Bytes.put16(memory, 2, words - 1);
        if (words >= 3) {
            Bytes.put32(memory, 8, random.nextBoolean() ? RoomWorld.videoSsrc(0) : 42);
        }
        return words * 4;
    }
}
