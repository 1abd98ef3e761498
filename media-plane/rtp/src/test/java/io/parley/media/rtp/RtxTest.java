package io.parley.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Retransmissions of RFC 4588 section 4. */
final class RtxTest {
    private final RtpPacket packet = new RtpPacket();

    @Test
    void theOriginalNumberStandsInFrontOfThePayload() {
        var original = Hex.memory("b1e0 1234 01020304 cafebabe 0a0b0c0d bede 0001 10aa0000 7788 0002");
        assertTrue(packet.parse(original, 0, Hex.length(original)));
        var rtx = Hex.memory(64);
        int length = Rtx.wrap(packet, rtx, 3, 97, 5, 6);
        assertEquals("91e1000501020304000000060a0b0c0dbede000110aa000012347788", Hex.text(rtx, 3, length));
        assertTrue(packet.parse(rtx, 3, length));
        assertEquals(0x1234, Rtx.originalSequence(packet));
        assertTrue(Rtx.unwrap(packet, 96, 0xcafebabe));
        assertEquals(5, packet.offset());
        assertEquals(
                "91e0123401020304cafebabe0a0b0c0dbede000110aa00007788",
                Hex.text(rtx, packet.offset(), packet.length()));
    }

    @Test
    void aProbeWithoutOriginalIsRefusedAndUntouched() {
        for (var hex : new String[] {"a061 0005 01020304 00000006 000003", "8061 0005 01020304 00000006 12"}) {
            var memory = Hex.memory(hex);
            var before = Hex.text(memory, 0, Hex.length(memory));
            assertTrue(packet.parse(memory, 0, Hex.length(memory)));
            assertFalse(Rtx.unwrap(packet, 96, 1));
            assertEquals(before, Hex.text(memory, 0, Hex.length(memory)));
        }
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void whatIsWrappedComesBack(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = new byte[12 + random.nextInt(1_400)];
            random.nextBytes(bytes);
            bytes[0] = (byte) 0x80;
            var memory = Hex.memory(bytes);
            assertTrue(packet.parse(memory, 0, bytes.length));
            var rtx = Hex.memory(bytes.length + 2);
            int length = Rtx.wrap(packet, rtx, 0, 97, random.nextInt(), random.nextInt());
            int payloadType = packet.payloadType();
            int ssrc = packet.ssrc();
            assertTrue(packet.parse(rtx, 0, length));
            assertTrue(Rtx.unwrap(packet, payloadType, ssrc));
            assertEquals(Hex.text(memory, 0, bytes.length), Hex.text(rtx, packet.offset(), packet.length()));
        }
    }
}
