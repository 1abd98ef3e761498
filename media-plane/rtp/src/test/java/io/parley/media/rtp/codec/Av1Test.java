package io.parley.media.rtp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.Hex;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AV1 payloads (RTP Payload Format for AV1 section 4.4) and sequence headers. */
final class Av1Test {
    private final Av1Payload payload = new Av1Payload();
    private final Av1SequenceHeader header = new Av1SequenceHeader();

    private boolean parse(String hex) {
        var memory = Hex.memory(hex);
        return payload.parse(memory, 0, Hex.length(memory));
    }

    /** Each element as "type:length". */
    private List<String> elements() {
        var found = new ArrayList<String>();
        while (payload.next()) {
            found.add(payload.obuType() + ":" + payload.length());
        }
        return found;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "one element without length, 10 30aabb, 6:3",
        "two elements of which the last has no length, 20 020a01 30aabb, 1:2 6:3",
        "all with lengths, 00 020a01 0330aabb, 1:2 6:3",
        "a continuation has no header, 90 ffeedd, 0:3",
        "a continuation and an OBU, a0 02ffee 30aa, 0:2 6:2",
        "a length of two bytes, 20 8200 0a01 30, 1:2 6:1",
        "an empty element, 00 00 0130, 0:0 6:1",
    })
    void elementsAreRead(String what, String hex, String expected) {
        assertTrue(parse(hex), what);
        assertEquals(List.of(expected.split(" ")), elements(), what);
        payload.rewind();
        assertEquals(List.of(expected.split(" ")), elements(), "again");
    }

    @Test
    void theHeaderSaysWhereFramesBegin() {
        assertTrue(parse("58 34a8 00"));
        assertFalse(payload.isContinuation());
        assertTrue(payload.isContinued());
        assertTrue(payload.isNewSequence());
        assertEquals(1, payload.count());
        assertTrue(payload.next());
        assertEquals(5, payload.temporalLayer());
        assertEquals(1, payload.spatialLayer());
        assertEquals(1, payload.at());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "20 30",
                "20 0530aa",
                "20 0130",
                "00 0530",
                "30 0130 0130",
                "88 30",
                "00 80808080 00",
                "20 80"
            })
    void whatLiesIsRefused(String hex) {
        assertFalse(parse(hex));
    }

    @ParameterizedTest(name = "{0} x {1}")
    @CsvSource({
        // Bits: header 0a = type 1 with size; profile 0; the reduced form: one level of 5 bits.
        "64, 64, 0a 06 18 15 7f fc 00 00",
        // As libaom writes it: type 1 with size, full form, one operating point, 1280 x 720.
        "1280, 720, 0a 0b 00 00 00 2d 4c ff b3 c0 00 00 00",
    })
    void sizesComeOutOfSequenceHeaders(int width, int height, String hex) {
        var memory = Hex.memory(hex);
        assertTrue(header.parse(memory, 0, Hex.length(memory)));
        assertEquals(width, header.width());
        assertEquals(height, header.height());
        assertEquals(0, header.profile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "08", "3000000000", "0800", "0a0b000000", "0affffffffffffffffffffffff"})
    void aSequenceHeaderThatIsCutOffIsRefused(String hex) {
        var memory = Hex.memory(hex);
        assertFalse(header.parse(memory, 0, Hex.length(memory)));
    }
}
