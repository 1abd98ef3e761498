package io.parley.media.rtp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** H.264 payloads (RFC 6184) and parameter sets. */
final class H264Test {
    private final H264Payload payload = new H264Payload();
    private final H264Sps sps = new H264Sps();

    private boolean parse(String hex) {
        var memory = Hex.memory(hex);
        return payload.parse(memory, 0, Hex.length(memory));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a slice, 41 9a00, 1, 1, 2, false",
        "a slice nobody refers to, 01 9a00, 1, 1, 0, false",
        "an IDR slice, 65 8880, 5, 1, 3, true",
        "a parameter set, 67 42c01f, 7, 1, 3, true",
        "SPS and PPS and IDR in one packet, 78 0002 6742 0001 68 0003 658800, 7, 3, 3, true",
        "two slices in one packet, 18 0001 01 0001 41, 1, 2, 2, false",
        "the first fragment of an IDR slice, 7c 85 88, 5, 1, 3, true",
        "a middle fragment of an IDR slice, 7c 05 88, 5, 1, 3, false",
        "the last fragment of a slice, 5c 41 88, 1, 1, 2, false",
        "interleaved mode, 79 0000 00, 25, 0, 3, false",
    })
    void payloadsAreRead(String what, String hex, int type, int count, int reference, boolean keyframe) {
        assertTrue(parse(hex), what);
        assertEquals(type, payload.nalType());
        assertEquals(count, payload.nalCount());
        assertEquals(reference, payload.referenceIdc());
        assertEquals(keyframe, payload.isKeyframe());
    }

    @Test
    void fragmentsSayWhereTheyStand() {
        assertTrue(parse("7c 85 88"));
        assertTrue(payload.isFragment());
        assertTrue(payload.isFragmentStart());
        assertFalse(payload.isFragmentEnd());
        assertTrue(parse("7c 45 88"));
        assertTrue(payload.isFragmentEnd());
        assertTrue(payload.holds(H264Payload.NAL_IDR));
        assertFalse(payload.holds(H264Payload.NAL_SLICE));
        assertTrue(parse("65 88"));
        assertFalse(payload.isFragment());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "60",
                "1e00",
                "1f00",
                "78",
                "78 00",
                "78 0002",
                "78 0000 65",
                "78 0003 6588",
                "78 0001 65 00",
                "7c",
                "7c85",
                "7cc588",
                "7900"
            })
    void whatLiesIsRefused(String hex) {
        assertFalse(parse(hex));
    }

    @Test
    void theParameterSetOfAnAggregateIsFoundAndRead() {
        var memory = Hex.memory("78 0002 6588 0018 67" + "7a001fbcd9405005ba10000003 00c000002ae0f1831960");
        assertTrue(payload.parse(memory, 0, Hex.length(memory)));
        assertEquals(7, payload.spsAt());
        assertEquals(24, payload.spsLength());
        assertTrue(sps.parse(memory, payload.spsAt(), payload.spsLength()));
        assertEquals(1_280, sps.width());
        assertEquals(720, sps.height());
        assertEquals(122, sps.profile());
        assertEquals(31, sps.level());
    }

    /** The first three are those of libwebrtc's sps_parser_unittest.cc, the last is written by hand. */
    @ParameterizedTest(name = "{0} x {1}")
    @CsvSource({
        "1280, 720, 67 7a001fbcd9405005ba1000000300c000002ae0f1831960",
        "640, 360, 67 7a001ebcd940a02ff898400000030180000056 83c58b6580",
        "640, 360, 67 42c01eda0280bfe5",
    })
    void sizesComeOutOfParameterSets(int width, int height, String hex) {
        var memory = Hex.memory(hex);
        assertTrue(sps.parse(memory, 0, Hex.length(memory)));
        assertEquals(width, sps.width());
        assertEquals(height, sps.height());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "67", "6742c01e", "6842c01eda0280bfe5", "6742c01eda", "6742c01e000000000000"})
    void aParameterSetThatMakesNoSenseIsRefused(String hex) {
        var memory = Hex.memory(hex);
        assertFalse(sps.parse(memory, 0, Hex.length(memory)));
    }
}
