package io.parley.media.rtp.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.Hex;
import io.parley.media.rtp.RtpHeader;
import io.parley.media.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both forms of header extensions (RFC 8285): found, renumbered, struck out, written. */
final class HeaderExtensionsTest {
    private static final String HEADER = "9060 0001 00000002 00000003";

    private final RtpPacket packet = new RtpPacket();
    private final HeaderExtensions extensions = new HeaderExtensions();

    private MemorySegment parsed(String block) {
        var memory = Hex.memory(HEADER + block);
        assertTrue(packet.parse(memory, 0, Hex.length(memory)));
        assertTrue(extensions.parse(packet));
        return memory;
    }

    @Test
    void theExampleOfTheOneByteFormIsRead() {
        // RFC 8285 section 4.2: lengths 1, 2 (coded 0 and 1), padding, 4 (coded 3).
        var memory = parsed("bede 0003 10aa 21bbbb 0000 33cccccccc 00");
        assertFalse(extensions.isTwoByte());
        assertEquals(3, extensions.count());
        assertEquals("aa", Hex.text(memory, extensions.at(extensions.find(1)), 1));
        assertEquals("bbbb", Hex.text(memory, extensions.find(2, 2), extensions.length(1)));
        assertEquals("cccccccc", Hex.text(memory, extensions.find(3, 4), 4));
        assertEquals(-1, extensions.find(4));
        assertEquals(-1, extensions.find(2, 3));
    }

    @Test
    void theExampleOfTheTwoByteFormIsRead() {
        // RFC 8285 section 4.3: an empty element, one of 1, padding, one of 4.
        var memory = parsed("1000 0003 0100 0201bb 00 0304cccccccc");
        assertTrue(extensions.isTwoByte());
        assertEquals(3, extensions.count());
        assertEquals(0, extensions.length(extensions.find(1)));
        assertEquals("bb", Hex.text(memory, extensions.find(2, 1), 1));
        assertEquals("cccccccc", Hex.text(memory, extensions.find(3, 4), 4));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another profile has no elements, abcd 0001 10aa 0000, 0",
        "id 15 ends the scan, bede 0002 10aa f0bb 30cc 0000, 1",
        "id 0 with a length ends the scan, bede 0002 10aa 01bb 30cc 0000, 1",
        "application bits belong to the form, 100f 0001 0102 aabb, 1",
        "an empty block, bede 0000, 0",
    })
    void theScanEndsWhereTheRfcSays(String what, String block, int count) {
        parsed(block);
        assertEquals(count, extensions.count(), what);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a value beyond a one-byte block, bede 0001 13aaaaaa",
        "a value beyond a two-byte block, 1000 0001 0103aaaa",
        "a two-byte head cut off, 1000 0001 0101aa 02",
    })
    void anElementThatLeavesItsBlockIsRefused(String what, String block) {
        var memory = Hex.memory(HEADER + block);
        assertTrue(packet.parse(memory, 0, Hex.length(memory)));
        assertFalse(extensions.parse(packet), what);
    }

    @Test
    void moreElementsThanTheLimitAreRefused() {
        var memory = Hex.memory(HEADER + "1000 0011" + "0100".repeat(33) + "0000");
        assertTrue(packet.parse(memory, 0, Hex.length(memory)));
        assertFalse(extensions.parse(packet));
    }

    @Test
    void anElementIsRenumberedAndStruckOutInPlace() {
        var memory = parsed("bede 0002 10aa 21bbbb 000000");
        assertTrue(extensions.retag(0, 9));
        assertFalse(extensions.retag(0, 15));
        extensions.strip(1);
        assertEquals("bede000290aa000000000000", Hex.text(memory, 12, 12));
        assertTrue(extensions.parse(packet));
        assertEquals(1, extensions.count());
        assertEquals(0, extensions.find(9));
    }

    @Test
    void aTwoByteElementIsRenumberedAndStruckOutInPlace() {
        var memory = parsed("1000 0002 0101aa 0202bbbb 00");
        assertTrue(extensions.retag(0, 200));
        extensions.strip(1);
        assertEquals("10000002c801aa0000000000", Hex.text(memory, 12, 12));
    }

    @Test
    void theWriterRefusesWhatTheFormCannotSay() {
        var writer = new ExtensionWriter();
        var memory = Hex.memory(64);
        writer.begin(memory, 0, 64, false);
        assertEquals(-1, writer.add(0, 1));
        assertEquals(-1, writer.add(15, 1));
        assertEquals(-1, writer.add(1, 0));
        assertEquals(-1, writer.add(1, 17));
        assertEquals(0, writer.finish());
        writer.begin(memory, 0, 64, true);
        assertEquals(-1, writer.add(256, 1));
        assertEquals(6, writer.add(255, 0));
        writer.begin(memory, 0, 11, false);
        assertEquals(-1, writer.add(1, 4));
        assertEquals(5, writer.add(1, 3));
        assertEquals(8, writer.finish());
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void whatIsWrittenIsReadAgain(long seed) {
        var random = new Random(seed);
        var writer = new ExtensionWriter();
        for (int round = 0; round < 500; round++) {
            boolean twoByte = random.nextBoolean();
            var memory = Hex.memory(1_500);
            RtpHeader.write(memory, 0, 96, random.nextInt(), random.nextInt(), random.nextInt());
            writer.begin(memory, 12, 1_000, twoByte);
            int elements = 1 + random.nextInt(10);
            byte[][] values = new byte[elements][];
            for (int i = 0; i < elements; i++) {
                values[i] = new byte[twoByte ? random.nextInt(30) : 1 + random.nextInt(16)];
                random.nextBytes(values[i]);
                assertTrue(writer.add(i + 1, values[i]));
            }
            int block = writer.finish();
            RtpHeader.extension(memory, 0, true);
            assertTrue(packet.parse(memory, 0, 12 + block));
            assertTrue(extensions.parse(packet));
            assertEquals(elements, extensions.count());
            for (int i = 0; i < elements; i++) {
                int index = extensions.find(i + 1);
                assertTrue(SdesName.matches(memory, extensions.at(index), extensions.length(index), values[i]));
            }
        }
    }
}
