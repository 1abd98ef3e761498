package io.parley.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The RTP header of RFC 3550 section 5.1: each field read, rewritten, and refused when it lies. */
final class RtpPacketTest {
    /** Marker, PT 96, sequence 0x1234, one CSRC, an extension of one word, two bytes of payload, two of padding. */
    private static final String FULL = "b1 e0 1234 01020304 cafebabe 0a0b0c0d bede 0001 10aa0000 7788 0002";

    private final RtpPacket packet = new RtpPacket();

    @Test
    void everyFieldIsRead() {
        var memory = Hex.memory(FULL);
        assertTrue(packet.parse(memory, 0, Hex.length(memory)));
        assertTrue(packet.marker());
        assertEquals(96, packet.payloadType());
        assertEquals(0x1234, packet.sequence());
        assertEquals(0x01020304, packet.timestamp());
        assertEquals(0xcafebabe, packet.ssrc());
        assertEquals(1, packet.csrcCount());
        assertEquals(0x0a0b0c0d, packet.csrc(0));
        assertTrue(packet.hasExtension());
        assertEquals(0xbede, packet.extensionProfile());
        assertEquals(20, packet.extensionOffset());
        assertEquals(4, packet.extensionLength());
        assertEquals(24, packet.headerLength());
        assertEquals(24, packet.payloadOffset());
        assertEquals(2, packet.payloadLength());
        assertEquals(2, packet.paddingLength());
    }

    @Test
    void everyFieldIsRewrittenAloneAndInPlace() {
        var memory = Hex.memory(FULL);
        assertTrue(packet.parse(memory, 0, Hex.length(memory)));
        packet.marker(false);
        packet.payloadType(111);
        packet.sequence(0x1_ffff);
        packet.timestamp(-2);
        packet.ssrc(7);
        assertEquals(
                "b16ffffffffffffe000000070a0b0c0dbede000110aa000077880002", Hex.text(memory, 0, Hex.length(memory)));
        packet.marker(true);
        assertEquals(111, packet.payloadType());
    }

    @Test
    void aPacketInsideALargerMemoryIsReadFromItsOffset() {
        var memory = Hex.memory("ffff 8060 0001 00000002 00000003 99 ffff");
        assertTrue(packet.parse(memory, 2, 13));
        assertEquals(14, packet.payloadOffset());
        assertEquals(1, packet.payloadLength());
        assertFalse(packet.hasExtension());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "empty, ''",
        "one byte short of a header, 8060000100000002000000",
        "version 1, 406000010000000200000003",
        "a CSRC that is not there, 816000010000000200000003",
        "an extension without its header, 906000010000000200000003bede00",
        "an extension longer than the packet, 906000010000000200000003bede000200000000",
        "a padding count of zero, a0600001000000020000000300",
        "more padding than payload, a0600001000000020000000302",
        "padding without payload, a06000010000000200000003",
    })
    void whatLiesIsRefused(String what, String hex) {
        var memory = Hex.memory(hex);
        assertFalse(packet.parse(memory, 0, Hex.length(memory)), what);
    }

    @Test
    void aProtectedPacketKeepsItsCipheredPadding() {
        var memory = Hex.memory("a060 0001 00000002 00000003 aabbccff");
        assertFalse(packet.parse(memory, 0, 16));
        assertTrue(packet.parseProtected(memory, 0, 16));
        assertEquals(4, packet.payloadLength());
        assertEquals(0, packet.paddingLength());
    }

    @Test
    void paddingComesAndGoes() {
        var memory = Hex.memory("8060 0001 00000002 00000003 aabb ffffffff");
        assertTrue(packet.parse(memory, 0, 14));
        packet.pad(4);
        assertEquals("a06000010000000200000003aabb00000004", Hex.text(memory, 0, 18));
        assertTrue(packet.parse(memory, 0, 18));
        assertEquals(4, packet.paddingLength());
        packet.stripPadding();
        assertEquals(14, packet.length());
        assertTrue(packet.parse(memory, 0, 14));
        assertEquals(2, packet.payloadLength());
    }

    @Test
    void headerAndPayloadAreCopiedWithoutExtensionAndPadding() {
        var memory = Hex.memory(FULL);
        assertTrue(packet.parse(memory, 0, Hex.length(memory)));
        var copy = Hex.memory(32);
        int header = packet.copyHeader(copy, 0);
        int payload = packet.copyPayload(copy, header);
        assertEquals("81e0123401020304cafebabe0a0b0c0d7788", Hex.text(copy, 0, header + payload));
    }

    @Test
    void aHeaderIsWrittenWhole() {
        var memory = Hex.memory("ffffffffffffffffffffffff");
        RtpHeader.write(memory, 0, 96, 65_536 + 5, 6, 7);
        assertEquals("806000050000000600000007", Hex.text(memory, 0, 12));
    }
}
