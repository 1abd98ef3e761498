package io.parley.media.rtp.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.Hex;
import io.parley.media.rtp.RtpPacket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The values of single header extensions. */
final class ElementsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({"00, 0, false", "7f, 127, false", "80, 0, true", "a5, 37, true", "ff, 127, true"})
    void anAudioLevelIsSevenBitsAndAFlag(String hex, int level, boolean voice) {
        var memory = Hex.memory(hex);
        assertEquals(level, AudioLevel.level(memory, 0));
        assertEquals(voice, AudioLevel.voice(memory, 0));
        var written = Hex.memory(1);
        AudioLevel.write(written, 0, level, voice);
        assertEquals(hex, Hex.text(written, 0, 1));
    }

    @ParameterizedTest(name = "{0} ns")
    @CsvSource({
        "0, 0",
        "1000000000, 262144",
        "500000000, 131072",
        "63999999999, 16777215",
        "64000000000, 0",
        "65000000000, 262144",
        "-1000000000, 16515072",
        "9000000000000000000, 0",
    })
    void sendTimesAreFixedPointSecondsModulo64(long nanos, int value) {
        assertEquals(value, AbsSendTime.of(nanos));
        var memory = Hex.memory(3);
        AbsSendTime.write(memory, 0, value);
        assertEquals(value, AbsSendTime.read(memory, 0));
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({
        "0, 262144, 1000000000",
        "262144, 0, -1000000000",
        "16777215, 262143, 1000000000",
        "262143, 16777215, -1000000000",
        "0, 8388607, 31999996185",
        "0, 8388608, -32000000000",
    })
    void sendTimesAreComparedOverTheirWrap(int from, int to, long nanos) {
        assertEquals(nanos, AbsSendTime.nanosBetween(from, to));
    }

    @ParameterizedTest(name = "{0} to {1} ms")
    @CsvSource({"0, 0, 000000", "400, 400, 028028", "10, 40950, 001fff", "15, 99999, 001fff", "-5, 0, 000000"})
    void playoutDelaysAreInTensOfMilliseconds(int min, int max, String hex) {
        var memory = Hex.memory(3);
        PlayoutDelay.write(memory, 0, min, max);
        assertEquals(hex, Hex.text(memory, 0, 3));
        assertEquals(Math.max(0, min / 10 * 10), PlayoutDelay.minMillis(memory, 0));
        assertEquals(Math.min(PlayoutDelay.MILLIS_MAX, max / 10 * 10), PlayoutDelay.maxMillis(memory, 0));
    }

    @Test
    void aTransportSequenceIsSixteenBits() {
        var memory = Hex.memory(2);
        TransportSequence.write(memory, 0, 65_536 + 0xfffe);
        assertEquals(0xfffe, TransportSequence.read(memory, 0));
    }

    @Test
    void namesAreComparedAsBytes() {
        byte[] name = "video0".getBytes(StandardCharsets.US_ASCII);
        var memory = Hex.memory(name);
        assertTrue(SdesName.matches(memory, 0, 6, name));
        assertFalse(SdesName.matches(memory, 0, 5, name));
        assertTrue(SdesName.isAlphanumeric(memory, 0, 6));
        assertFalse(SdesName.isAlphanumeric(memory, 0, 0));
        assertFalse(SdesName.isAlphanumeric(Hex.memory("612d62"), 0, 3));
        assertEquals(SdesName.key(Hex.memory("ff" + Hex.text(memory, 0, 6)), 1, 6), SdesName.key(memory, 0, 6));
        assertFalse(SdesName.key(memory, 0, 5) == SdesName.key(memory, 0, 6));
        assertFalse(SdesName.key(Hex.memory("00"), 0, 1) == SdesName.key(Hex.memory("0000"), 0, 2));
    }

    @ParameterizedTest
    @EnumSource
    void everyKindIsFoundByItsUri(ExtensionKind kind) {
        assertEquals(Optional.of(kind), ExtensionKind.of(kind.uri()));
        assertEquals(Optional.empty(), ExtensionKind.of(kind.uri() + "x"));
    }

    @Test
    void aMapFindsWhatWasNegotiated() {
        var map = new ExtensionMap(Map.of(ExtensionKind.AUDIO_LEVEL, 1, ExtensionKind.MID, 4));
        assertEquals(4, map.id(ExtensionKind.MID));
        assertEquals(0, map.id(ExtensionKind.RID));
        assertEquals(ExtensionKind.AUDIO_LEVEL, map.kind(1));
        assertEquals(null, map.kind(2));
        var memory = Hex.memory("9060 0001 00000002 00000003 bede 0001 10aa 4076");
        var packet = new RtpPacket();
        var extensions = new HeaderExtensions();
        assertTrue(packet.parse(memory, 0, 20));
        assertTrue(extensions.parse(packet));
        assertEquals(17, map.find(extensions, ExtensionKind.AUDIO_LEVEL, 1));
        assertEquals(-1, map.find(extensions, ExtensionKind.MID, 2));
        assertEquals(-1, map.find(extensions, ExtensionKind.RID, 1));
    }

    @Test
    void aMapRefusesIdsThatNobodyMayUse() {
        assertThrows(IllegalArgumentException.class, () -> new ExtensionMap(Map.of(ExtensionKind.MID, 15)));
        assertThrows(IllegalArgumentException.class, () -> new ExtensionMap(Map.of(ExtensionKind.MID, 0)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ExtensionMap(Map.of(ExtensionKind.MID, 3, ExtensionKind.RID, 3)));
    }
}
