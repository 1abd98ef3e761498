package io.parley.media.rtp.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.Hex;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bit fields: written and read back, and never beyond their memory. */
final class BitsTest {
    private final BitReader reader = new BitReader();
    private final BitWriter writer = new BitWriter();

    @Test
    void fieldsCrossBytes() {
        reader.over(Hex.memory("00 a5 ff 01"), 1, 3);
        assertEquals(0b101, reader.read(3));
        assertEquals(0b00101_1111, reader.read(9));
        assertTrue(reader.flag());
        assertEquals(0b1110_0000_00, reader.read(10));
        assertEquals(23, reader.position());
        assertEquals(1, reader.remaining());
        assertTrue(reader.flag());
        assertFalse(reader.overrun());
        assertEquals(0, reader.read(1));
        assertTrue(reader.overrun());
    }

    @ParameterizedTest(name = "ns({1}) of {0}")
    @CsvSource({"00, 5, 0", "40, 5, 1", "80, 5, 2", "c0, 5, 3", "e0, 5, 4", "00, 1, 0", "80, 2, 1", "c0, 3, 2"})
    void nonSymmetricNumbersFollowTheSpecification(String hex, int n, int value) {
        assertEquals(value, reader.over(Hex.memory(hex), 0, 1).nonSymmetric(n));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"80, 0, 0", "40, 1, 1", "60, 2, -1", "20, 3, 2", "28, 4, -2", "10, 7, 4"})
    void expGolombNumbersFollowTheStandard(String hex, int unsigned, int signed) {
        assertEquals(unsigned, reader.over(Hex.memory(hex), 0, 1).expGolomb());
        assertEquals(signed, reader.over(Hex.memory(hex), 0, 1).signedExpGolomb());
    }

    @Test
    void anEndlessExpGolombNumberIsAnOverrun() {
        assertEquals(0, reader.over(Hex.memory("00".repeat(9)), 0, 9).expGolomb());
        assertTrue(reader.overrun());
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void whatIsWrittenIsReadAgain(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int[] widths = random.ints(40, 0, 33).toArray();
            int[] values = random.ints(40).toArray();
            var memory = Hex.memory("ff".repeat(200));
            writer.over(memory, 3, 197);
            int bits = 0;
            for (int i = 0; i < 40; i++) {
                writer.write(values[i], widths[i]);
                int n = 1 + (i & 0xff);
                writer.nonSymmetric((values[i] & 0x7fffffff) % n, n);
                bits += widths[i];
            }
            assertFalse(writer.overrun());
            assertTrue(writer.position() >= bits);
            reader.over(memory, 3, 197);
            for (int i = 0; i < 40; i++) {
                int mask = widths[i] == 32 ? -1 : (1 << widths[i]) - 1;
                assertEquals(values[i] & mask, reader.read(widths[i]));
                int n = 1 + (i & 0xff);
                assertEquals((values[i] & 0x7fffffff) % n, reader.nonSymmetric(n));
            }
            assertEquals(writer.position(), reader.position());
        }
    }

    @Test
    void theWriterRemembersWhatDidNotFit() {
        writer.over(Hex.memory(1), 0, 1);
        writer.write(0x7f, 7);
        assertFalse(writer.overrun());
        writer.write(3, 2);
        assertTrue(writer.overrun());
        assertEquals(7, writer.position());
        assertEquals(1, writer.length());
    }

    @Test
    void bitsAreCopiedAtAnyPhase() {
        reader.over(Hex.memory("a5 5a ff 00 12 34 56"), 0, 7).skip(3);
        var memory = Hex.memory(8);
        writer.over(memory, 0, 8);
        writer.write(1, 1);
        writer.copy(reader, 50);
        var again = new BitReader().over(memory, 0, 8);
        var source = new BitReader().over(Hex.memory("a5 5a ff 00 12 34 56"), 0, 7);
        again.skip(1);
        source.skip(3);
        for (int i = 0; i < 5; i++) {
            assertEquals(source.read(10), again.read(10));
        }
    }
}
