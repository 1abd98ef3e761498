package io.parley.media.transport.srtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Packets for tests, as arrays and in native memory. */
final class Packets {
    private Packets() {}

    /** Every implementation that works on this machine. */
    static List<Crypto> cryptos() {
        return Stream.of(new JdkCrypto(), OpenSslCrypto.orJdk())
                .filter(crypto -> crypto instanceof JdkCrypto || OpenSslCrypto.isAvailable())
                .toList();
    }

    /** Random master keys; {@link SrtpKeys} never gives its own back. */
    record Master(SrtpProfile profile, String key, String salt) {
        static Master random(SrtpProfile profile, Random random) {
            byte[] key = new byte[SrtpProfile.KEY_BYTES];
            byte[] salt = new byte[profile.saltBytes()];
            random.nextBytes(key);
            random.nextBytes(salt);
            return new Master(
                    profile, HexFormat.of().formatHex(key), HexFormat.of().formatHex(salt));
        }

        SrtpKeys keys() {
            return new SrtpKeys(profile, hex(key), hex(salt));
        }
    }

    static SrtpKeys keys(SrtpProfile profile, Random random) {
        return Master.random(profile, random).keys();
    }

    /** An RTP packet with a random number of CSRCs, perhaps an extension, and a random payload, perhaps empty. */
    static byte[] rtp(int ssrc, int sequence, Random random) {
        int sources = random.nextInt(4) == 0 ? random.nextInt(16) : 0;
        int words = random.nextInt(5);
        boolean extended = random.nextBoolean();
        int header = 12 + sources * 4 + (extended ? 4 + words * 4 : 0);
        byte[] bytes = new byte[header + random.nextInt(1_200)];
        random.nextBytes(bytes);
        var packet = ByteBuffer.wrap(bytes);
        packet.put(0, (byte) (0x80 | sources | (extended ? 0x10 : 0)));
        packet.putShort(2, (short) sequence);
        packet.putInt(8, ssrc);
        if (extended) {
            packet.putShort(12 + sources * 4, (short) 0xbede);
            packet.putShort(14 + sources * 4, (short) words);
        }
        return bytes;
    }

    static byte[] rtcp(int ssrc, Random random) {
        byte[] bytes = new byte[8 + random.nextInt(100) * 4];
        random.nextBytes(bytes);
        ByteBuffer.wrap(bytes).putShort(0, (short) 0x80c8).putInt(4, ssrc);
        return bytes;
    }

    static MemorySegment memory(byte[] bytes) {
        var memory = Arena.ofAuto().allocate(2_048);
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return memory;
    }

    static byte[] bytes(MemorySegment memory, int length) {
        return memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }
}
