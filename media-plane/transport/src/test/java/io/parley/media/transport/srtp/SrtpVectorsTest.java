package io.parley.media.transport.srtp;

import static io.parley.media.transport.srtp.Packets.bytes;
import static io.parley.media.transport.srtp.Packets.hex;
import static io.parley.media.transport.srtp.Packets.memory;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.media.rtp.memory.Bytes;
import io.parley.media.transport.srtp.SrtpKeys.Use;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples of RFC 3711 appendix B and RFC 7714 section 16. */
final class SrtpVectorsTest {
    private static final byte[] GCM_KEY = hex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] GCM_SALT = hex("517569642070726f2071756f");
    private static final String RTP = """
            8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976
            69736120 696e2070 61727465 73207472 6573""";
    private static final String SRTP = """
            8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5
            0d294e6f 42a5f47a 51c7d19b 36de3adf 8833 899d7f27 beb16a91 52cf765e e4390cce""";
    private static final String RTCP = """
            81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61
            deadbeef deadbeef deadbeef deadbeef deadbeef""";
    private static final String SRTCP = """
            81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d
            c676a5f1 730d6fda 4ce09b46 86303ded 0bb9275b c84aa458 96cf4d2f c5abf872 45d9eade 800005d4""";

    static List<Crypto> cryptos() {
        return Packets.cryptos();
    }

    @Test
    void sessionKeysAreDerivedAsRfc3711Says() {
        var keys = new SrtpKeys(
                SrtpProfile.AES_CM_128_HMAC_SHA1_80,
                hex("E1F97A0D3E018BE0D64FA32C06DE4139"),
                hex("0EC675AD498AFEEBB6960B3AABE6"));
        assertArrayEquals(hex("C61E7A93744F39EE10734AFE3FF7A087"), keys.encryption(Use.RTP));
        assertArrayEquals(hex("30CBBC08863D8C85D49DB34A9AE1"), keys.salt(Use.RTP));
        assertArrayEquals(hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"), keys.authentication(Use.RTP));
    }

    @ParameterizedTest
    @MethodSource("cryptos")
    void theKeystreamIsThatOfRfc3711(Crypto crypto) {
        try (var keystream = crypto.counter(hex("2B7E151628AED2A6ABF7158809CF4F3C"))) {
            Bytes.copy(hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"), keystream.counter(), 0, 16);
            var memory = memory(new byte[48]);
            keystream.apply(memory, 0, 48);
            var expected = hex("E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB"
                    + " 41E95B3BB0A2E8DD477901E4FCA894C0");
            assertArrayEquals(expected, bytes(memory, 48));
        }
    }

    @ParameterizedTest
    @MethodSource("cryptos")
    void gcmPacketsAreThoseOfRfc7714(Crypto crypto) {
        try (var sealing = gcm(crypto);
                var opening = gcm(crypto)) {
            var memory = memory(hex(RTP));
            int length = hex(RTP).length;
            assertEquals(length + 16, sealing.sealRtp(memory, 0, 12, length, 0xf17b));
            assertArrayEquals(hex(SRTP), bytes(memory, length + 16));
            assertEquals(length, opening.openRtp(memory, 0, 12, length + 16, 0xf17b));
            assertArrayEquals(hex(RTP), bytes(memory, length));
        }
    }

    @ParameterizedTest
    @MethodSource("cryptos")
    void gcmReportsAreThoseOfRfc7714(Crypto crypto) {
        try (var sealing = gcm(crypto);
                var opening = gcm(crypto)) {
            var memory = memory(hex(RTCP));
            int length = hex(RTCP).length;
            assertEquals(length + 20, sealing.sealRtcp(memory, 0, length, 0x5d4));
            assertArrayEquals(hex(SRTCP), bytes(memory, length + 20));
            assertEquals(0x5d4, opening.rtcpIndex(memory, 0, length + 20));
            assertEquals(length, opening.openRtcp(memory, 0, length + 20, 0x5d4));
            assertArrayEquals(hex(RTCP), bytes(memory, length));
        }
    }

    private static GcmCipher gcm(Crypto crypto) {
        return new GcmCipher(crypto.gcm(GCM_KEY), GCM_SALT, crypto.gcm(GCM_KEY), GCM_SALT);
    }
}
