package io.parley.media.rtp.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.Hex;
import io.parley.media.rtp.Limits;
import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** STUN messages, against the test vectors of RFC 5769. */
final class StunTest {
    private static final StunHmac KEY = new JdkStunHmac("VOkJxbRl1RmTxUk/WvJxBt".getBytes(StandardCharsets.US_ASCII));
    private static final String TRANSACTION = "b7e7a701 bc34d686 fa87dfae";

    /** RFC 5769 section 2.1. */
    private static final String REQUEST = "00010058 2112a442" + TRANSACTION
            + "80220010 5354554e 20746573 7420636c 69656e74"
            + "00240004 6e0001ff"
            + "80290008 932ff9b1 51263b36"
            + "00060009 6576746a 3a683676 59202020"
            + "00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2"
            + "80280004 e57a3bcf";

    /** RFC 5769 section 2.2. */
    private static final String RESPONSE_4 = "0101003c 2112a442" + TRANSACTION
            + "8022000b 74657374 20766563 746f7220"
            + "00200008 0001a147 e112a643"
            + "00080014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7"
            + "80280004 c07d4c96";

    /** RFC 5769 section 2.3. */
    private static final String RESPONSE_6 = "01010048 2112a442" + TRANSACTION
            + "8022000b 74657374 20766563 746f7220"
            + "00200014 0002a147 0113a9fa a5d3f179 bc25f4b5 bed2b9d9"
            + "00080014 a382954e 4be67bf1 1784c97c 8292c275 bfe3ed41"
            + "80280004 c8fb0b4c";

    private final StunMessage message = new StunMessage();
    private final StunWriter writer = new StunWriter();
    private final byte[] ip = new byte[16];

    private MemorySegment parsed(String hex) {
        var memory = Hex.memory(hex);
        assertTrue(message.parse(memory, 0, Hex.length(memory)));
        return memory;
    }

    @Test
    void theSampleRequestIsRead() {
        var memory = parsed(REQUEST);
        assertEquals(StunType.BINDING_REQUEST, message.type());
        assertTrue(message.isRequest());
        assertEquals(0x6e0001ffL, message.priority());
        assertFalse(message.usesCandidate());
        assertEquals(0x932ff9b151263b36L, Bytes.i64(memory, message.find(StunType.ICE_CONTROLLED, 8)));
        int name = message.find(StunType.USERNAME);
        byte[] expected = "evtj:h6vY".getBytes(StandardCharsets.US_ASCII);
        assertTrue(Bytes.matches(memory, message.at(name), message.length(name), expected));
        assertEquals(0, message.unknownCount());
        assertTrue(message.hasValidFingerprint());
        assertTrue(message.hasValidIntegrity(KEY));
        assertFalse(message.hasValidIntegrity(new JdkStunHmac(new byte[] {1})));
    }

    @ParameterizedTest(name = "{1} bytes of address")
    @CsvSource({RESPONSE_4 + ", 4, c0000201", RESPONSE_6 + ", 16, 20010db8123456780011223344556677"})
    void theSampleResponsesAreRead(String hex, int bytes, String address) {
        parsed(hex);
        assertEquals(StunType.BINDING_SUCCESS, message.type());
        assertFalse(message.isRequest());
        int index = message.find(StunType.XOR_MAPPED_ADDRESS);
        assertEquals(bytes, message.xorAddress(index, ip));
        assertArrayEquals(Hex.bytes(address), Arrays.copyOf(ip, bytes));
        assertEquals(32_853, message.xorPort(index));
        assertTrue(message.hasValidFingerprint());
        assertTrue(message.hasValidIntegrity(KEY));
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] good = Hex.bytes(REQUEST);
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            var memory = Hex.memory(bad);
            assertFalse(
                    message.parse(memory, 0, bad.length) && message.hasValidFingerprint(), "fingerprint, bit " + bit);
            boolean covered = bit / 8 < good.length - 8;
            if (covered && message.parse(memory, 0, bad.length)) {
                assertFalse(message.hasValidIntegrity(KEY), "integrity, bit " + bit);
            }
        }
    }

    @Test
    void theWriterMakesTheSampleResponses() {
        byte[] transaction = Hex.bytes(TRANSACTION);
        byte[] software = "test vector".getBytes(StandardCharsets.US_ASCII);
        var out = Hex.memory(200);
        int length = writer.begin(out, 8, 192, StunType.BINDING_SUCCESS, transaction)
                .attribute(StunType.SOFTWARE, software)
                .xorAddress(StunType.XOR_MAPPED_ADDRESS, Hex.bytes("c0000201"), 4, 32_853)
                .integrity(KEY)
                .fingerprint()
                .finish();
        // The sample pads with a blank where we pad with a zero, so the sums differ, and only they are checked.
        assertEquals(80, length);
        assertTrue(message.parse(out, 8, length));
        assertTrue(message.hasValidFingerprint());
        assertTrue(message.hasValidIntegrity(KEY));
        assertEquals(4, message.xorAddress(message.find(StunType.XOR_MAPPED_ADDRESS), ip));
        assertArrayEquals(Hex.bytes("c0000201"), Arrays.copyOf(ip, 4));
        assertEquals("0020000800 01a147e112a643".replace(" ", ""), Hex.text(out, 8 + 36, 12));
    }

    @Test
    void anIceRequestIsReadAgain() {
        var out = Hex.memory(200);
        int length = writer.begin(out, 0, 200, StunType.BINDING_REQUEST, Hex.bytes(TRANSACTION))
                .attribute(StunType.USERNAME, Hex.bytes("613a62"))
                .number(StunType.PRIORITY, -2)
                .flag(StunType.USE_CANDIDATE)
                .tieBreaker(StunType.ICE_CONTROLLING, -3)
                .integrity(KEY)
                .fingerprint()
                .finish();
        assertTrue(message.parse(out, 0, length));
        assertEquals(0xffff_fffeL, message.priority());
        assertTrue(message.usesCandidate());
        assertEquals(-3, Bytes.i64(out, message.find(StunType.ICE_CONTROLLING, 8)));
        assertTrue(message.hasValidIntegrity(KEY));
        assertTrue(message.hasValidFingerprint());
    }

    @Test
    void unknownAttributesAreToldToTheSender() {
        var memory = parsed("00010014 2112a442" + TRANSACTION + "7fff0000 ffff0000 00030004 00000006 00240000");
        assertEquals(2, message.unknownCount());
        assertEquals(-1, message.priority(), "a priority without its number");
        var out = Hex.memory(64);
        int length = writer.answer(message, out, 0, 64, StunType.BINDING_ERROR)
                .errorCode(StunType.ERROR_UNKNOWN_ATTRIBUTE)
                .unknownAttributes(message)
                .finish();
        assertEquals(
                ("01110010 2112a442" + TRANSACTION + "00090004 00000414 000a0004 7fff0003").replace(" ", ""),
                Hex.text(out, 0, length));
        assertTrue(message.parse(out, 0, length));
        assertEquals(420, message.errorCode());
        assertEquals(20 + 20, Hex.length(memory));
    }

    @Test
    void whatFollowsTheIntegrityDoesNotCount() {
        String integrity = "00080014" + "00".repeat(20);
        parsed("00010024 2112a442" + TRANSACTION + integrity + "00250000 80280004 00000000");
        assertFalse(message.usesCandidate());
        assertTrue(message.find(StunType.FINGERPRINT) >= 0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "empty, ''",
        "no STUN, 40010000 2112a442 000000000000000000000000",
        "another cookie, 00010000 2112a443 000000000000000000000000",
        "a length too great, 00010004 2112a442 000000000000000000000000",
        "a length too small, 00010000 2112a442 000000000000000000000000 80220000",
        "no multiple of four, 00010002 2112a442 000000000000000000000000 0000",
        "a value beyond the end, 00010004 2112a442 000000000000000000000000 80220001",
        "a fingerprint of another length, 00010004 2112a442 000000000000000000000000 80280000",
        "an integrity of another length, 00010004 2112a442 000000000000000000000000 00080000",
        "a fingerprint that is not the last,"
                + " 0001000c 2112a442 000000000000000000000000 80280004 00000000 80220000",
    })
    void whatLiesIsRefused(String what, String hex) {
        var memory = Hex.memory(hex);
        assertFalse(message.parse(memory, 0, Hex.length(memory)), what);
    }

    @Test
    void limitsAreHeld() {
        int tooMany = Limits.STUN_ATTRIBUTES + 1;
        var memory =
                Hex.memory("0001%04x2112a442".formatted(tooMany * 4) + "00".repeat(12) + "80220000".repeat(tooMany));
        assertFalse(message.parse(memory, 0, Hex.length(memory)));
        var out = Hex.memory(2_000);
        writer.begin(out, 0, 2_000, StunType.BINDING_REQUEST, new byte[12]).attribute(0x8022, new byte[1_477]);
        assertEquals(-1, writer.finish(), "a message longer than a datagram");
        writer.begin(out, 0, 19, StunType.BINDING_REQUEST, new byte[12]);
        assertEquals(-1, writer.finish());
        writer.begin(out, 0, 20, StunType.BINDING_REQUEST, new byte[12]).fingerprint();
        assertEquals(-1, writer.finish());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a family that does not match, 00200008 0002a147 e112a643",
        "an address too short, 00200004 0001a147",
        "an unknown family, 00200008 0003a147 e112a643",
    })
    void anAddressThatMakesNoSenseIsRefused(String what, String attribute) {
        int bytes = Hex.bytes(attribute).length;
        parsed("0101%04x2112a442".formatted(bytes) + TRANSACTION + attribute);
        assertEquals(-1, message.xorAddress(0, ip), what);
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void addressesOfAnyKindComeBack(long seed) {
        var random = new Random(seed);
        var out = Hex.memory(64);
        for (int i = 0; i < 1_000; i++) {
            byte[] transaction = new byte[12];
            byte[] address = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(transaction);
            random.nextBytes(address);
            int port = random.nextInt(65_536);
            int length = writer.begin(out, 0, 64, StunType.BINDING_SUCCESS, transaction)
                    .xorAddress(StunType.XOR_MAPPED_ADDRESS, address, address.length, port)
                    .finish();
            assertTrue(message.parse(out, 0, length));
            assertEquals(address.length, message.xorAddress(0, ip));
            assertArrayEquals(address, Arrays.copyOf(ip, address.length));
            assertEquals(port, message.xorPort(0));
        }
    }
}
