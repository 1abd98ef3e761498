package io.parley.media.transport.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.parley.media.rtp.memory.Bytes;
import io.parley.media.transport.Limits;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a hostile or unlucky network does to protected packets. */
final class SrtpReceiverTest {
    private final Random random = new Random(3);
    private final Crypto crypto = OpenSslCrypto.orJdk();

    @ParameterizedTest
    @EnumSource
    void aReplayedPacketIsRefusedAndALateOneIsNot(SrtpProfile profile) {
        var keys = Packets.keys(profile, random);
        try (var sender = new SrtpSender(SrtpCipher.of(keys, crypto));
                var receiver = new SrtpReceiver(SrtpCipher.of(keys, crypto))) {
            byte[] first = seal(sender, 1, 65_534);
            byte[] late = seal(sender, 1, 65_535);
            byte[] wrapped = seal(sender, 1, 0);
            assertTrue(open(receiver, first) > 0);
            assertTrue(open(receiver, wrapped) > 0);
            assertTrue(open(receiver, late) > 0, "reordered around the wrap");
            for (byte[] packet : new byte[][] {first, late, wrapped}) {
                assertEquals(SrtpReceiver.REPLAYED, open(receiver, packet));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForgedPacketIsRefusedAndLeavesNoTrace(SrtpProfile profile) {
        var keys = Packets.keys(profile, random);
        try (var sender = new SrtpSender(SrtpCipher.of(keys, crypto));
                var receiver = new SrtpReceiver(SrtpCipher.of(keys, crypto))) {
            assertTrue(open(receiver, seal(sender, 1, 100)) > 0);
            for (int i = 0; i < 2 * Limits.SOURCES_PER_PEER; i++) {
                byte[] forged = seal(sender, 1, 101);
                forged[forged.length - 1 - random.nextInt(10)] ^= (byte) (1 << random.nextInt(8));
                assertEquals(SrtpReceiver.INAUTHENTIC, open(receiver, forged));
                byte[] foreign = Packets.rtp(random.nextInt(), random.nextInt(65_536), random);
                assertTrue(open(receiver, foreign) < 0, "a source that the peer never proved");
            }
            assertTrue(open(receiver, seal(sender, 1, 101)) > 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsAreOpenedOnce(SrtpProfile profile) {
        var keys = Packets.keys(profile, random);
        try (var sender = new SrtpSender(SrtpCipher.of(keys, crypto));
                var receiver = new SrtpReceiver(SrtpCipher.of(keys, crypto))) {
            byte[] report = Packets.rtcp(9, random);
            var memory = Packets.memory(report);
            byte[] sealed = Packets.bytes(memory, sender.protectRtcp(memory, 0, report.length));
            assertEquals(report.length, receiver.openRtcp(Packets.memory(sealed), 0, sealed.length));
            assertEquals(SrtpReceiver.REPLAYED, receiver.openRtcp(Packets.memory(sealed), 0, sealed.length));
            byte[] plain = Packets.rtcp(9, random);
            plain[plain.length - 4] &= 0x7f;
            assertTrue(receiver.openRtcp(Packets.memory(plain), 0, plain.length) < 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPeerHasABoundedNumberOfSources(SrtpProfile profile) {
        var keys = Packets.keys(profile, random);
        try (var sender = SrtpCipher.of(keys, crypto);
                var receiver = new SrtpReceiver(SrtpCipher.of(keys, crypto))) {
            for (int ssrc = 0; ssrc < Limits.SOURCES_PER_PEER; ssrc++) {
                assertTrue(open(receiver, sealAlone(sender, ssrc)) > 0);
            }
            assertEquals(SrtpReceiver.MALFORMED, open(receiver, sealAlone(sender, Limits.SOURCES_PER_PEER)));
            assertEquals(SrtpReceiver.REPLAYED, open(receiver, sealAlone(sender, 0)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void protectingAndOpeningAllocateNothing(SrtpProfile profile) {
        Assumptions.assumeTrue(OpenSslCrypto.isAvailable(), "only the fast ciphers promise it");
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var keys = Packets.keys(profile, random);
        var memory = Packets.memory(new byte[1_200]);
        memory.set(ValueLayout.JAVA_BYTE, 0, (byte) 0x80);
        try (var sender = new SrtpSender(SrtpCipher.of(keys, crypto));
                var receiver = new SrtpReceiver(SrtpCipher.of(keys, crypto))) {
            exchange(sender, receiver, memory, 0, 20_000);
            long least = Long.MAX_VALUE;
            for (int pass = 1; pass <= 5 && least > 0; pass++) { // the compiler may still swap code, once
                long before = threads.getCurrentThreadAllocatedBytes();
                exchange(sender, receiver, memory, pass * 20_000, 20_000);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least, "bytes for 20,000 packets");
        }
    }

    @Test
    void theWindowAgreesWithASetOfAllIndices() {
        var window = new ReplayWindow();
        var seen = new BitSet();
        long highest = 0;
        for (int i = 0; i < 200_000; i++) {
            int jump = random.nextInt(100) == 0 ? 3_000 : 5;
            long index = Math.max(0, highest - 1_200 + random.nextInt(1_200 + jump));
            boolean fresh = index > highest - ReplayWindow.SIZE && !seen.get((int) index);
            if (i > 0) {
                assertEquals(fresh, window.isNew(index), "index " + index + " after " + highest);
            }
            if (window.isNew(index)) {
                window.add(index);
                seen.set((int) index);
                highest = Math.max(highest, index);
                assertFalse(window.isNew(index));
            }
        }
    }

    private static void exchange(SrtpSender sender, SrtpReceiver receiver, MemorySegment memory, int from, int count) {
        for (int i = from; i < from + count; i++) {
            Bytes.put16(memory, 2, i);
            int sealed = sender.protectRtp(memory, 0, 1_200);
            assertTrue(receiver.openRtp(memory, 0, sealed) == 1_200);
        }
    }

    private byte[] seal(SrtpSender sender, int ssrc, int sequence) {
        byte[] packet = Packets.rtp(ssrc, sequence, random);
        var memory = Packets.memory(packet);
        return Packets.bytes(memory, sender.protectRtp(memory, 0, packet.length));
    }

    private byte[] sealAlone(SrtpCipher cipher, int ssrc) {
        byte[] packet = new byte[40];
        packet[0] = (byte) 0x80;
        ByteBuffer.wrap(packet).putInt(8, ssrc);
        var memory = Packets.memory(packet);
        return Packets.bytes(memory, cipher.sealRtp(memory, 0, 12, packet.length, 0));
    }

    private static int open(SrtpReceiver receiver, byte[] packet) {
        return receiver.openRtp(Packets.memory(packet), 0, packet.length);
    }
}
