package io.parley.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.media.rtp.memory.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of RFC 7983 section 7, at every edge of every range. */
final class PacketKindTest {
    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "0, 3, STUN",
        "4, 15, UNKNOWN",
        "16, 19, ZRTP",
        "20, 63, DTLS",
        "64, 79, TURN_CHANNEL",
        "80, 127, UNKNOWN",
        "128, 191, RTP",
        "192, 255, UNKNOWN",
    })
    void theFirstByteSorts(int first, int last, PacketKind kind) {
        var memory = Hex.memory(20);
        for (int value = first; value <= last; value++) {
            Bytes.put8(memory, 0, value);
            assertEquals(kind, PacketKind.of(memory, 0, 20), "first byte " + value);
        }
    }

    @Test
    void theSecondByteTellsRtcpFromRtp() {
        var memory = Hex.memory(20);
        Bytes.put8(memory, 0, 0x80);
        for (int type = 0; type < 256; type++) {
            Bytes.put8(memory, 1, type);
            var kind = type >= 192 && type <= 223 ? PacketKind.RTCP : PacketKind.RTP;
            assertEquals(kind, PacketKind.of(memory, 0, 20), "second byte " + type);
        }
    }

    @ParameterizedTest(name = "first bytes {0} need {1} bytes")
    @CsvSource({"00, 20", "10, 12", "14, 13", "40, 4", "8060, 12", "80c8, 8"})
    void whatIsTooShortIsUnknown(String first, int bytes) {
        var memory = Hex.memory(first + "00".repeat(20));
        for (int length = 0; length < bytes; length++) {
            assertEquals(PacketKind.UNKNOWN, PacketKind.of(memory, 0, length));
        }
        assertEquals(false, PacketKind.of(memory, 0, bytes) == PacketKind.UNKNOWN);
    }
}
