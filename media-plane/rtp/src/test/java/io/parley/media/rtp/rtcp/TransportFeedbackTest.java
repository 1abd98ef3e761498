package io.parley.media.rtp.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.Hex;
import io.parley.media.rtp.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Transport-wide feedback of draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1. */
final class TransportFeedbackTest {
    private static final int[] SSRCS = {1, 2};
    private static final String HEAD = "00000001 00000002";

    private final RtcpCompound compound = new RtcpCompound();
    private final TransportFeedback feedback = new TransportFeedback();
    private final TransportFeedbackWriter writer = new TransportFeedbackWriter();

    private boolean parse(String hex) {
        var memory = Hex.memory(hex);
        assertTrue(compound.parse(memory, 0, Hex.length(memory)));
        assertTrue(compound.next());
        return feedback.parse(compound);
    }

    /** Each status as "sequence" when lost or "sequence@ticks". */
    private List<String> statuses() {
        var found = new ArrayList<String>();
        while (feedback.next()) {
            String when = feedback.received() ? "@" + feedback.arrivalTicks() : "";
            found.add(feedback.sequence() + when);
        }
        return found;
    }

    @Test
    void aMessageFromTheWildIsRead() {
        // From pion/rtcp's tests: one packet, a run of one, a delta of 37 ms, padded.
        assertTrue(parse("afcd0005 fa17fa17 43032fa0 00990001 3de80217 20019401"));
        assertEquals(0xfa17fa17, feedback.senderSsrc());
        assertEquals(0x43032fa0, feedback.mediaSsrc());
        assertEquals(153, feedback.baseSequence());
        assertEquals(1, feedback.statusCount());
        assertEquals(4_057_090, feedback.referenceTime());
        assertEquals(23, feedback.feedbackCount());
        assertEquals(List.of("153@" + (4_057_090L * 256 + 148)), statuses());
        assertEquals(148, feedback.deltaTicks());
        assertTrue(feedback.received());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a run of lost ones and one that came, 8fcd0006 H fffe0004 00000100 0003 2001 05 000000,"
                + " 65534 65535 0 1@261",
        "fourteen single bits of which three count, 8fcd0005 H 00050003 ffffff00 a800 01 02, 5@-255 6 7@-253",
        "seven pairs with a negative delta, 8fcd0006 H 00050004 00000000 d840 08 fff0 00," + " 5@8 6@-8 7 8@-8",
        "a large positive delta, 8fcd0005 H 00050001 00000000 4001 7fff, 5@32767",
    })
    void everyKindOfChunkIsRead(String what, String hex, String expected) {
        // Written by hand; lengths are checked by the compound, so each message is filled to a word.
        assertTrue(parse(filled(hex.replace("H", HEAD))), what);
        assertEquals(List.of(expected.split(" ")), statuses(), what);
        feedback.rewind();
        assertEquals(List.of(expected.split(" ")), statuses(), "the second walk");
    }

    private static String filled(String hex) {
        var digits = new StringBuilder(hex.replace(" ", ""));
        int bytes = (Integer.parseInt(digits.substring(4, 8), 16) + 1) * 4;
        while (digits.length() < bytes * 2) {
            digits.append("00");
        }
        return digits.toString();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no status, 8fcd0004 H 00050000 00000000",
        "no chunk, 8fcd0004 H 00050001 00000000",
        "a run of none, 8fcd0005 H 00050001 00000000 2000 0000",
        "a missing delta, 8fcd0005 H 00050003 00000000 2003 0101",
        "a reserved symbol in a run, 8fcd0005 H 00050001 00000000 6001 0101",
        "a reserved symbol in a vector, 8fcd0005 H 00050001 00000000 f000 0101",
        "more statuses than chunks, 8fcd0005 H 0005001d 00000000 8000 8000",
        "cut off, 8fcd0003 H 00050001",
    })
    void whatLiesIsRefused(String what, String hex) {
        assertFalse(parse(hex.replace("H", HEAD)), what);
    }

    @Test
    void aShortMessageMaySpeakOfAllSequenceNumbers() {
        assertTrue(parse("8fcd0009 " + HEAD + "0001ffff 00000000" + "1fff".repeat(8) + "0007 0000"));
        int walked = 0;
        while (feedback.next()) {
            walked++;
        }
        assertEquals(65_535, walked);
        assertEquals(65_535, feedback.sequence());
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void whatIsWrittenIsReadAgain(long seed) {
        var random = new Random(seed);
        var memory = Hex.memory(8_192);
        for (int round = 0; round < 300; round++) {
            int sequence = random.nextInt(65_536);
            long nanos = random.nextLong(-1L << 45, 1L << 45);
            var expected = new ArrayList<String>();
            int base = sequence;
            writer.begin(sequence, nanos);
            long reference = Math.floorDiv(nanos, 64_000_000L);
            // Only 24 bits of the reference are sent.
            long shift = (reference - (((int) reference << 8) >> 8)) * 256;
            expected.add(sequence + "@" + (Math.floorDiv(nanos, 250_000L) - shift));
            int packets = random.nextInt(400);
            int lossOneIn = 1 + random.nextInt(20);
            int jitter = random.nextInt(3);
            for (int i = 0; i < packets; i++) {
                sequence = (sequence + 1) & 0xffff;
                if (random.nextInt(lossOneIn) == 0 && i < packets - 1) {
                    expected.add(String.valueOf(sequence));
                    continue;
                }
                nanos += jitter == 0 ? random.nextInt(60_000_000) : random.nextLong(-90_000_000L * jitter, 90_000_000L);
                assertTrue(writer.received(sequence, nanos));
                expected.add(sequence + "@" + (Math.floorDiv(nanos, 250_000L) - shift));
            }
            while (expected.getLast().indexOf('@') < 0) {
                expected.removeLast();
            }
            assertEquals(expected.size(), writer.statusCount());
            int length = writer.write(memory, 0, 8_192, SSRCS, round);
            assertTrue(compound.parse(memory, 0, length));
            assertTrue(compound.next());
            assertTrue(feedback.parse(compound));
            assertEquals(base, feedback.baseSequence());
            assertEquals(round & 0xff, feedback.feedbackCount());
            assertEquals(expected, statuses());
        }
    }

    @Test
    void theWriterRefusesWhatTheMessageCannotSay() {
        writer.begin(10, 0);
        assertFalse(writer.received(10, 1_000_000), "the same again");
        assertFalse(writer.received(9, 1_000_000), "an older one");
        assertFalse(writer.received(11, 8_192_000_000L), "a delta beyond 16 bits");
        assertFalse(writer.received(10 + Limits.FEEDBACK_STATUSES, 1), "too many statuses");
        assertTrue(writer.received(11, 8_191_750_000L), "the largest delta");
        assertTrue(writer.received(10 + Limits.FEEDBACK_STATUSES - 1, 8_191_750_000L));
        assertEquals(Limits.FEEDBACK_STATUSES, writer.statusCount());
        assertEquals(-1, writer.write(Hex.memory(20), 0, 20, SSRCS, 0));
    }

    @Test
    void steadyArrivalCostsLittle() {
        var memory = Hex.memory(200);
        writer.begin(0, 0);
        for (int i = 1; i < 100; i++) {
            assertTrue(writer.received(i, i * 1_000_000L));
        }
        // Header 20, one run 2, 100 small deltas, 2 of padding.
        assertEquals(124, writer.write(memory, 0, 200, SSRCS, 0));
    }
}
