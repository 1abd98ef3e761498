package io.parley.media.rtp.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.Hex;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports, descriptions, goodbyes and the walk over a compound packet (RFC 3550 section 6). */
final class RtcpTest {
    private static final String SENDER_REPORT = "81c8000c 00000001 e0a1b2c3d4e5f607 00000064 00000002 00000003"
            + "0000cafe 80ffffff 00010005 00000007 b2c3d4e5 00010000";
    private static final String RECEIVER_REPORT = "80c90001 00000009";
    private static final String DESCRIPTION = "81ca0004 0000000a 0106 616c696365 31 0200 0000";

    private final RtcpCompound compound = new RtcpCompound();

    private MemorySegment first(String hex) {
        var memory = Hex.memory(hex);
        assertTrue(compound.parse(memory, 0, Hex.length(memory)));
        assertTrue(compound.next());
        return memory;
    }

    @Test
    void aSenderReportIsRead() {
        first(SENDER_REPORT);
        var report = new Report();
        assertTrue(report.parse(compound));
        assertTrue(report.isSender());
        assertEquals(1, report.ssrc());
        assertEquals(0xe0a1b2c3d4e5f607L, report.ntp());
        assertEquals(0xb2c3d4e5, report.ntpMiddle());
        assertEquals(100, report.rtpTimestamp());
        assertEquals(2, report.packetCount());
        assertEquals(3, report.octetCount());
        assertEquals(1, report.blockCount());
        assertEquals(0xcafe, report.blockSsrc(0));
        assertEquals(128, report.fractionLost(0));
        assertEquals(-1, report.cumulativeLost(0));
        assertEquals(65_541, report.highestSequence(0));
        assertEquals(7, report.jitterTicks(0));
        assertEquals(0xb2c3d4e5, report.lastReport(0));
        assertEquals(65_536, report.delaySinceLastReport(0));
    }

    @Test
    void whatTheWriterSaysIsTheSenderReport() {
        var memory = Hex.memory(64);
        var writer = new RtcpWriter().begin(memory, 0, 64);
        assertTrue(writer.senderReport(1, 0xe0a1b2c3d4e5f607L, 100, 2, 3));
        assertTrue(writer.block(0xcafe, 128, -1, 65_541, 7));
        writer.blockDelay(0xb2c3d4e5, 65_536);
        assertEquals(SENDER_REPORT.replace(" ", ""), Hex.text(memory, 0, writer.length()));
    }

    @Test
    void aCompoundIsWalkedAndUnknownTypesArePassedOver() {
        // XR with one block (RFC 3611), then what we know.
        var memory = Hex.memory(
                "80cf0004 00000001 04000002 0102030405060708" + RECEIVER_REPORT + "80c00000" + SENDER_REPORT);
        assertTrue(compound.parse(memory, 0, Hex.length(memory)));
        int[] types = {207, 201, 192, 200};
        for (int type : types) {
            assertTrue(compound.next());
            assertEquals(type, compound.type());
        }
        assertFalse(compound.next());
        compound.rewind();
        assertTrue(compound.next());
        assertEquals(207, compound.type());
        assertEquals(1, compound.ssrc());
    }

    @Test
    void paddingIsTakenOffAnyPacket() {
        var memory = Hex.memory("a0c90002 00000009 00000004" + RECEIVER_REPORT);
        assertTrue(compound.parse(memory, 0, Hex.length(memory)));
        assertTrue(compound.next());
        assertEquals(8, compound.length());
        assertTrue(compound.next());
        assertEquals(12, compound.at());
        assertFalse(compound.next());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "empty, ''",
        "half a header, 80c9",
        "version 1, 40c9000100000009",
        "a length beyond the end, 80c9000200000009",
        "bytes left over, 80c900010000000980",
        "padding of zero, a0c9000100000000",
        "padding longer than the packet, a0c9000100000005",
    })
    void whatLiesIsRefused(String what, String hex) {
        var memory = Hex.memory(hex);
        assertFalse(compound.parse(memory, 0, Hex.length(memory)), what);
    }

    @Test
    void aReportWithoutItsBlocksIsRefused() {
        var report = new Report();
        first("81c90001 00000009");
        assertFalse(report.parse(compound));
        first("80c80001 00000009");
        assertFalse(report.parse(compound));
        first("80cb0000");
        assertFalse(report.parse(compound));
        first(RECEIVER_REPORT);
        assertTrue(report.parse(compound));
        assertFalse(report.isSender());
        assertEquals(9, report.ssrc());
    }

    @Test
    void theItemsOfADescriptionAreRead() {
        var memory = first(DESCRIPTION);
        var description = new SourceDescription();
        assertTrue(description.parse(compound));
        assertTrue(description.next());
        assertEquals(10, description.ssrc());
        assertEquals(SourceDescription.CNAME, description.itemType());
        assertEquals("616c69636531", Hex.text(memory, description.at(), description.length()));
        assertTrue(description.next());
        assertEquals(2, description.itemType());
        assertEquals(0, description.length());
        assertFalse(description.next());
    }

    @ParameterizedTest(name = "a name of {0} bytes")
    @CsvSource({"0", "1", "2", "3", "4", "5", "255"})
    void aCanonicalNameOfAnyLengthIsReadAgain(int length) {
        byte[] name = "n".repeat(length).getBytes(StandardCharsets.US_ASCII);
        var memory = Hex.memory(300);
        var writer = new RtcpWriter().begin(memory, 0, 300);
        assertTrue(writer.canonicalName(77, name));
        assertTrue(writer.goodbye(77));
        assertTrue(compound.parse(memory, 0, writer.length()));
        assertTrue(compound.next());
        var description = new SourceDescription();
        assertTrue(description.parse(compound));
        assertTrue(description.next());
        assertEquals(77, description.ssrc());
        assertEquals(length, description.length());
        assertFalse(description.next());
        assertTrue(compound.next());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a chunk too few, 82ca0003 0000000a 0104616c 69636500",
        "an item beyond the end, 81ca0002 0000000a 010e6100",
        "no end of the chunk, 81ca0002 0000000a 01026161",
    })
    void aDescriptionThatLiesIsRefused(String what, String hex) {
        first(hex);
        assertFalse(new SourceDescription().parse(compound), what);
    }

    @Test
    void aGoodbyeNamesItsSources() {
        var goodbye = new Goodbye();
        first("82cb0004 00000001 00000002 04627965 62796500");
        assertTrue(goodbye.parse(compound));
        assertEquals(2, goodbye.count());
        assertEquals(1, goodbye.ssrc(0));
        assertEquals(2, goodbye.ssrc(1));
        first("82cb0001 00000001");
        assertFalse(goodbye.parse(compound));
        first("80cb0000");
        assertTrue(goodbye.parse(compound));
        assertEquals(0, compound.ssrc());
    }

    @Test
    void theWriterNeverLeavesItsMemory() {
        for (int capacity = 0; capacity < 28; capacity++) {
            var memory = Hex.memory(capacity);
            var writer = new RtcpWriter().begin(memory, 0, capacity);
            assertFalse(writer.senderReport(1, 2, 3, 4, 5));
            assertEquals(capacity >= 8, writer.receiverReport(1));
            assertFalse(writer.block(1, 2, 3, 4, 5));
            assertFalse(writer.canonicalName(1, new byte[20]));
            assertEquals(capacity >= 16, writer.goodbye(1));
            assertEquals(capacity >= 28, writer.pictureLoss(1, 2));
        }
    }
}
