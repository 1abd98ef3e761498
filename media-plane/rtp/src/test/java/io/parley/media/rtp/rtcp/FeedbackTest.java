package io.parley.media.rtp.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.Hex;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** NACK, PLI, FIR and REMB. */
final class FeedbackTest {
    private final RtcpCompound compound = new RtcpCompound();
    private final RtcpWriter writer = new RtcpWriter();
    private final Nack nack = new Nack();

    private void first(MemorySegment memory, int length) {
        assertTrue(compound.parse(memory, 0, length));
        assertTrue(compound.next());
    }

    private void first(String hex) {
        var memory = Hex.memory(hex);
        first(memory, Hex.length(memory));
    }

    private List<Integer> missing() {
        var found = new ArrayList<Integer>();
        for (int sequence = nack.next(); sequence >= 0; sequence = nack.next()) {
            found.add(sequence);
        }
        return found;
    }

    @Test
    void aNackListsItsNumbersOverTheWrap() {
        first("81cd0004 00000001 00000002 fffd8007 00050000");
        assertTrue(nack.parse(compound));
        assertEquals(2, nack.mediaSsrc());
        assertEquals(List.of(65_533, 65_534, 65_535, 0, 13, 5), missing());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no entry, 81cd0002 00000001 00000002",
        "no media source, 81cd0001 00000001",
        "another format, 82cd0003 00000001 00000002 00050000",
    })
    void aNackThatAsksForNothingIsRefused(String what, String hex) {
        first(hex);
        assertFalse(nack.parse(compound), what);
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void aBitmapOfLossesIsReadAgain(long seed) {
        var random = new Random(seed);
        var memory = Hex.memory(4_096);
        for (int round = 0; round < 500; round++) {
            int bits = 1 + random.nextInt(512);
            int first = random.nextInt(65_536);
            long[] bitmap = new long[8];
            var expected = new ArrayList<Integer>();
            for (int i = 0; i < bits; i++) {
                if (random.nextInt(1 + round % 20) == 0) {
                    bitmap[i >> 6] |= 1L << i;
                    expected.add((first + i) & 0xffff);
                }
            }
            if (bits < 512) {
                bitmap[bits >> 6] |= 1L << bits; // beyond the end: must not be asked for
            }
            writer.begin(memory, 0, 4_096);
            assertTrue(writer.nack(1, 2, first, bitmap, bits));
            if (expected.isEmpty()) {
                assertEquals(0, writer.length());
                continue;
            }
            first(memory, writer.length());
            assertTrue(nack.parse(compound));
            assertEquals(expected, missing());
        }
    }

    @Test
    void aNackThatDoesNotFitWritesNothing() {
        writer.begin(Hex.memory(15), 0, 15);
        assertFalse(writer.nack(1, 2, 3, new long[] {1}, 64));
        assertEquals(0, writer.length());
    }

    @Test
    void keyframesAreAskedForInBothWays() {
        var memory = Hex.memory(64);
        writer.begin(memory, 0, 64);
        assertTrue(writer.pictureLoss(1, 0xcafe));
        assertTrue(writer.fullIntra(1, 0xbeef, 0x1ff));
        assertEquals(
                "81ce0002000000010000cafe" + "84ce000400000001000000000000beefff000000",
                Hex.text(memory, 0, writer.length()));
        var request = new KeyframeRequest();
        first(memory, writer.length());
        assertTrue(request.parse(compound));
        assertFalse(request.isFir());
        assertEquals(1, request.count());
        assertEquals(0xcafe, request.mediaSsrc(0));
        assertTrue(compound.next());
        assertTrue(request.parse(compound));
        assertTrue(request.isFir());
        assertEquals(1, request.count());
        assertEquals(0xbeef, request.mediaSsrc(0));
        assertEquals(255, request.firSequence(0));
        first("84ce0002 00000001 00000000");
        assertFalse(request.parse(compound), "a FIR for nobody");
        first("81cd0002 00000001 00000000");
        assertFalse(request.parse(compound), "a NACK");
    }

    /** A packet of libwebrtc's remb_unittest.cc. */
    private static final String REMB = "8fce0007 12345678 00000000 52454d42 0307fb93 23456789 2345678a 2345678b";

    @Test
    void aRembIsReadAndWrittenAlike() {
        var remb = new Remb();
        first(REMB);
        assertTrue(remb.parse(compound));
        assertEquals(522_022, remb.bitrateBps());
        assertEquals(3, remb.count());
        assertEquals(0x2345678b, remb.ssrc(2));
        var memory = Hex.memory(32);
        writer.begin(memory, 0, 32);
        assertTrue(writer.remb(0x12345678, 522_022, new int[] {0x23456789, 0x2345678a, 0x2345678b}, 3));
        assertEquals(REMB.replace(" ", ""), Hex.text(memory, 0, 32));
    }

    @ParameterizedTest(name = "{0} bit/s")
    @CsvSource({"0", "1", "262143", "262144", "30000", "2500000", "10000000000", "9223372036854775807"})
    void aRembIsRoundedDownToEighteenBits(long bitrate) {
        var remb = new Remb();
        var memory = Hex.memory(24);
        writer.begin(memory, 0, 24);
        assertTrue(writer.remb(1, bitrate, new int[] {2}, 1));
        first(memory, writer.length());
        assertTrue(remb.parse(compound));
        long unit = Math.max(1, Long.highestOneBit(bitrate) >> 17);
        assertEquals(bitrate / unit * unit, remb.bitrateBps());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another name, 8fce0005 12345678 00000000 52454d43 0107fb93 23456789",
        "a source missing, 8fce0005 12345678 00000000 52454d42 0207fb93 23456789",
        "a number beyond 63 bits, 8fce0005 12345678 00000000 52454d42 01bbfb93 23456789",
        "cut off, 8fce0003 12345678 00000000 52454d42",
        "more sources than the limit, 8fce0005 12345678 00000000 52454d42 ff07fb93 23456789",
    })
    void aRembThatLiesIsRefused(String what, String hex) {
        first(hex);
        assertFalse(new Remb().parse(compound), what);
    }
}
