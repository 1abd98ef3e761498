package io.parley.media.transport.srtp;

import static io.parley.media.transport.srtp.Packets.bytes;
import static io.parley.media.transport.srtp.Packets.memory;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.GeneralSecurityException;
import java.util.Random;
import java.util.stream.Stream;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.logging2.LoggerImpl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Packet by packet the same bytes as jitsi-srtp, both ways, over wraps, jumps and reordering. */
final class SrtpReferenceTest {
    private static final int PACKETS = 3_000;
    private static final int SSRC = 0xcafe_0001;

    static Stream<Arguments> combinations() {
        return Packets.cryptos().stream()
                .flatMap(crypto ->
                        Stream.of(SrtpProfile.values()).map(profile -> Arguments.of(crypto.name(), profile, crypto)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("combinations")
    void rtpIsProtectedAndOpenedAsByTheReference(String name, SrtpProfile profile, Crypto crypto)
            throws GeneralSecurityException {
        var random = new Random(7);
        var master = Packets.Master.random(profile, random);
        var keys = master.keys();
        var theirSender = factory(master, true).deriveContext(SSRC, 0);
        var theirReceiver = factory(master, false).deriveContext(SSRC, 0);
        try (var sender = new SrtpSender(SrtpCipher.of(keys, crypto));
                var receiver = new SrtpReceiver(SrtpCipher.of(keys, crypto))) {
            long index = 65_000;
            for (int i = 0; i < PACKETS; i++) {
                byte[] packet = Packets.rtp(SSRC, (int) index, random);
                var theirs = new ArrayBuffer(packet);
                assertEquals(SrtpErrorStatus.OK, theirSender.transformPacket(theirs));
                var memory = memory(packet);
                int length = sender.protectRtp(memory, 0, packet.length);
                assertArrayEquals(theirs.content(), bytes(memory, length), name + ", packet " + i);
                assertEquals(SrtpErrorStatus.OK, theirReceiver.reverseTransformPacket(theirs, false));
                assertEquals(packet.length, receiver.openRtp(memory, 0, length));
                assertArrayEquals(packet, bytes(memory, packet.length));
                index += random.nextInt(50) == 0 ? 1 + random.nextInt(20_000) : 1;
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("combinations")
    void rtcpIsProtectedAndOpenedAsByTheReference(String name, SrtpProfile profile, Crypto crypto)
            throws GeneralSecurityException {
        var random = new Random(8);
        var master = Packets.Master.random(profile, random);
        var keys = master.keys();
        var theirSender = factory(master, true).deriveControlContext(SSRC);
        var theirReceiver = factory(master, false).deriveControlContext(SSRC);
        try (var sender = new SrtpSender(SrtpCipher.of(keys, crypto));
                var receiver = new SrtpReceiver(SrtpCipher.of(keys, crypto))) {
            for (int i = 0; i < 500; i++) {
                byte[] packet = Packets.rtcp(SSRC, random);
                var theirs = new ArrayBuffer(packet);
                assertEquals(SrtpErrorStatus.OK, theirSender.transformPacket(theirs));
                var memory = memory(theirs.content());
                assertEquals(packet.length, receiver.openRtcp(memory, 0, theirs.getLength()), name + ", packet " + i);
                assertArrayEquals(packet, bytes(memory, packet.length));
                int length = sender.protectRtcp(memory, 0, packet.length);
                var ours = new ArrayBuffer(bytes(memory, length));
                assertEquals(SrtpErrorStatus.OK, theirReceiver.reverseTransformPacket(ours));
                assertArrayEquals(packet, ours.content());
            }
        }
    }

    private static SrtpContextFactory factory(Packets.Master master, boolean sender) {
        var policy = master.profile() == SrtpProfile.AEAD_AES_128_GCM
                ? new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12)
                : new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
        return new SrtpContextFactory(
                sender,
                Packets.hex(master.key()),
                Packets.hex(master.salt()),
                policy,
                policy,
                new LoggerImpl("reference"));
    }
}
