package io.parley.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Redundant audio of RFC 2198 section 3. */
final class RedTest {
    private final RedBlocks blocks = new RedBlocks();
    private final RedWriter writer = new RedWriter();

    @Test
    void theHeadersNameTheBlocks() {
        // One redundant block: PT 111, 960 ticks earlier, 3 bytes; the primary has PT 111 and 2 bytes.
        var memory = Hex.memory("ef 0f0003 6f aabbcc ddee");
        assertTrue(blocks.parse(memory, 0, Hex.length(memory)));
        assertEquals(2, blocks.count());
        assertEquals(111, blocks.payloadType(0));
        assertEquals(960, blocks.timestampOffset(0));
        assertEquals("aabbcc", Hex.text(memory, blocks.at(0), blocks.length(0)));
        assertEquals(111, blocks.payloadType(1));
        assertEquals(0, blocks.timestampOffset(1));
        assertEquals("ddee", Hex.text(memory, blocks.at(1), blocks.length(1)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "empty, ''",
        "a redundant header cut off, ef0f00",
        "no primary header, ef0f0003",
        "a block that is not there, ef0f00036faabb",
    })
    void whatLiesIsRefused(String what, String hex) {
        var memory = Hex.memory(hex);
        assertFalse(blocks.parse(memory, 0, Hex.length(memory)), what);
    }

    @Test
    void moreBlocksThanTheLimitAreRefused() {
        var memory = Hex.memory("ef000000".repeat(Limits.RED_BLOCKS) + "6f");
        assertFalse(blocks.parse(memory, 0, Hex.length(memory)));
        assertTrue(blocks.parse(memory, 4, Hex.length(memory) - 4));
    }

    @Test
    void theWriterRefusesWhatCannotBeSaid() {
        var memory = Hex.memory(2_000);
        writer.begin();
        assertFalse(writer.redundant(111, 16_384, memory, 0, 1));
        assertFalse(writer.redundant(111, 0, memory, 0, 1_024));
        assertTrue(writer.redundant(111, 16_383, memory, 0, 1_023));
        writer.primary(111, memory, 0, 10);
        assertEquals(-1, writer.finish(Hex.memory(1_037), 0, 1_037));
        assertEquals(1_038, writer.finish(Hex.memory(1_038), 0, 1_038));
        writer.begin();
        for (int i = 0; i < Limits.RED_BLOCKS - 1; i++) {
            assertTrue(writer.redundant(111, 1, memory, 0, 1));
        }
        assertFalse(writer.redundant(111, 1, memory, 0, 1));
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void whatIsWrittenIsReadAgain(long seed) {
        var random = new Random(seed);
        var out = Hex.memory(20_000);
        for (int round = 0; round < 500; round++) {
            int count = 1 + random.nextInt(Limits.RED_BLOCKS);
            byte[] bytes = new byte[1_024];
            random.nextBytes(bytes);
            var data = Hex.memory(bytes);
            int[] offsets = new int[count];
            int[] lengths = new int[count];
            writer.begin();
            for (int i = 0; i < count - 1; i++) {
                offsets[i] = random.nextInt(16_384);
                lengths[i] = random.nextInt(1_024);
                assertTrue(writer.redundant(i, offsets[i], data, 0, lengths[i]));
            }
            lengths[count - 1] = random.nextInt(1_024);
            int length = writer.primary(99, data, 0, lengths[count - 1]).finish(out, 7, 19_000);
            assertTrue(blocks.parse(out, 7, length));
            assertEquals(count, blocks.count());
            for (int i = 0; i < count; i++) {
                assertEquals(i == count - 1 ? 99 : i, blocks.payloadType(i));
                assertEquals(offsets[i], blocks.timestampOffset(i));
                assertEquals(
                        Hex.text(data, 0, lengths[i]), Hex.text(out, blocks.at(i), blocks.length(i)), "block " + i);
            }
        }
    }
}
