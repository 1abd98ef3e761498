package io.parley.media.rtp.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.Hex;
import io.parley.media.rtp.memory.BitWriter;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream of one spatial and two temporal layers, written here bit by bit as appendix A.8.3 has it. */
class DependencyTest {
    private static final int KEY = 5;
    private static final int BASE = 6;
    private static final int UPPER = 7;

    private final DependencyStructure stream = new DependencyStructure();
    private final DependencyDescriptor descriptor = new DependencyDescriptor();
    private final BitWriter bits = new BitWriter();
    private final MemorySegment memory = Hex.memory(64);

    private int keyframe(int frame) {
        bits.over(memory, 0, 64);
        mandatory(KEY, frame);
        bits.write(0b10000, 5); // a structure is attached
        bits.write(KEY, 6); // template_id_offset
        bits.write(1, 5); // two decode targets
        bits.write(0b00_01_11, 6); // the next template: same layer, next temporal, no more
        bits.write(0b10_10, 4); // indications of each template for targets 0 and 1
        bits.write(0b10_10, 4);
        bits.write(0b00_01, 4);
        bits.write(0, 1); // references: none, 2 back, 1 back
        bits.write(0b1_0001_0, 6);
        bits.write(0b1_0000_0, 6);
        bits.nonSymmetric(1, 3); // one chain, which protects both targets
        bits.nonSymmetric(0, 1);
        bits.nonSymmetric(0, 1);
        bits.write(0x021, 12); // the chain's distances
        bits.flag(true);
        bits.write(1279, 16);
        bits.write(719, 16);
        return bits.length();
    }

    private int delta(int template, int frame) {
        bits.over(memory, 0, 64);
        mandatory(template, frame);
        return bits.length();
    }

    private void mandatory(int template, int frame) {
        bits.write(0b11, 2);
        bits.write(template, 6);
        bits.write(frame, 16);
    }

    private void keepStructure() {
        assertTrue(descriptor.parse(memory, 0, keyframe(100), stream));
        stream.copyFrom(descriptor.attached());
    }

    @Test
    void aKeyframeBringsTheStructure() {
        keepStructure();
        assertTrue(descriptor.hasStructure());
        assertEquals(100, descriptor.frameNumber());
        assertEquals(0, descriptor.referenceCount());
        assertEquals(3, stream.templateCount());
        assertEquals(2, stream.targetCount());
        assertEquals(1, stream.chainCount());
        assertEquals(0b11, descriptor.activeTargets());
        assertEquals(0, stream.targetTemporalLayer(1) * stream.targetTemporalLayer(0));
        assertEquals(1, stream.targetTemporalLayer(0) + stream.targetTemporalLayer(1));
        assertTrue(stream.isSized());
        assertEquals(1280, stream.width(0));
        assertEquals(720, stream.height(0));
    }

    @Test
    void laterFramesAreReadAgainstIt() {
        keepStructure();
        assertTrue(descriptor.parse(memory, 0, delta(UPPER, 101), stream));
        assertEquals(1, descriptor.temporalLayer());
        assertEquals(1, descriptor.reference(0));
        assertEquals(1, descriptor.chainDistance(0));
        assertEquals(Indication.NOT_PRESENT, descriptor.indication(0));
        assertEquals(Indication.DISCARDABLE, descriptor.indication(1));
        assertTrue(descriptor.parse(memory, 0, delta(BASE, 102), stream));
        assertEquals(0, descriptor.temporalLayer());
        assertEquals(2, descriptor.reference(0));
        assertEquals(Indication.SWITCH, descriptor.indication(1));
    }

    @Test
    void aTemplateThatNobodyDescribedIsMalformed() {
        assertFalse(descriptor.parse(memory, 0, delta(UPPER, 101), stream), "no structure came yet");
        keepStructure();
        assertFalse(descriptor.parse(memory, 0, delta(UPPER + 1, 101), stream));
        assertFalse(descriptor.parse(memory, 0, 2, stream));
    }

    @Test
    void aRewrittenKeyframeSaysTheSameUnderOtherNumbers() {
        int length = keyframe(100);
        assertTrue(descriptor.parse(memory, 0, length, stream));
        var rewriter = new DependencyRewriter().templateIdDelta(60).activeTargets(0b01);
        var target = Hex.memory(DependencyRewriter.lengthMax(descriptor));
        int written = rewriter.write(descriptor, 7, target, 0, Hex.length(target));
        assertTrue(written >= length);
        var again = new DependencyDescriptor();
        assertTrue(again.parse(target, 0, written, new DependencyStructure()));
        assertEquals(7, again.frameNumber());
        assertEquals((KEY + 60) % 64, again.templateId());
        assertEquals(0b01, again.activeTargets());
        assertEquals(3, again.attached().templateCount());
        assertEquals(1280, again.attached().width(0));
        assertEquals(-1, rewriter.write(descriptor, 7, target, 0, length - 3), "what does not fit is not written");
    }

    @Test
    void aPlainDeltaKeepsItsThreeBytes() {
        keepStructure();
        assertTrue(descriptor.parse(memory, 0, delta(BASE, 0xffff), stream));
        var target = Hex.memory(3);
        assertEquals(3, new DependencyRewriter().write(descriptor, 0, target, 0, 3));
        assertEquals("c60000", Hex.text(target, 0, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void hostileDescriptorsAreNeverMoreThanInvalid(long seed) {
        var random = new Random(seed);
        int length = keyframe(1);
        byte[] sound = memory.asSlice(0, length).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = random.nextBoolean() ? sound.clone() : new byte[random.nextInt(40)];
            if (bytes.length != sound.length) {
                random.nextBytes(bytes);
            } else {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            var packet = Hex.memory(bytes);
            if (descriptor.parse(packet, 0, bytes.length, stream)) {
                var target = Hex.memory(DependencyRewriter.lengthMax(descriptor));
                new DependencyRewriter().activeTargets(1).write(descriptor, i, target, 0, Hex.length(target));
                if (descriptor.hasStructure()) {
                    stream.copyFrom(descriptor.attached());
                }
            }
        }
    }

    @Test
    void layersAllocationIsRead() {
        var packet = Hex.memory("01 40 64 ac02 027f 0167 1e");
        var layers = new LayersAllocation();
        assertTrue(layers.parse(packet, 0, Hex.length(packet)));
        assertEquals(1, layers.streamCount());
        assertTrue(layers.isActive(0, 0));
        assertFalse(layers.isActive(0, 1));
        assertEquals(2, layers.temporalCount(0, 0));
        assertEquals(100, layers.bitrateKbps(0, 0, 0));
        assertEquals(300, layers.bitrateKbps(0, 0, 1));
        assertTrue(layers.isSized());
        assertEquals(640, layers.width(0, 0));
        assertEquals(360, layers.height(0, 0));
        assertEquals(30, layers.frameRate(0, 0));
        for (int length = 1; length < 5; length++) {
            assertFalse(layers.parse(packet, 0, length), "cut after " + length);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void hostileLayersAllocationsAreNeverMoreThanInvalid(long seed) {
        var random = new Random(seed);
        var layers = new LayersAllocation();
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            layers.parse(Hex.memory(bytes), 0, bytes.length);
        }
    }
}
