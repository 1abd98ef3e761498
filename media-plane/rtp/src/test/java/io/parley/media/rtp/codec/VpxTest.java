package io.parley.media.rtp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** VP8 (RFC 7741) and VP9 (RFC 9628) payload descriptors. */
final class VpxTest {
    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private final Vp9Descriptor vp9 = new Vp9Descriptor();

    private boolean vp8(String hex) {
        var memory = Hex.memory(hex);
        return vp8.parse(memory, 0, Hex.length(memory));
    }

    private boolean vp9(String hex) {
        var memory = Hex.memory(hex);
        return vp9.parse(memory, 0, Hex.length(memory));
    }

    /** Length, start of a frame, picture id, TL0PICIDX, temporal layer, key index; -1 = not there. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the least descriptor, 10 01, 1 true -1 -1 -1 -1",
        "a later partition, 11 01, 1 false -1 -1 -1 -1",
        "a short picture id, 9080 11 01, 3 true 17 -1 -1 -1",
        "a long picture id, 9080 9234 01, 4 true 4660 -1 -1 -1",
        "all there is, 90f0 9234 42 a5 01, 6 true 4660 66 2 5",
        "layers without key index, 9020 65 01, 3 true -1 -1 1 -1",
        "key index without layers, 9010 65 01, 3 true -1 -1 -1 5",
        "an extension of nothing, 9000 01, 2 true -1 -1 -1 -1",
    })
    void descriptorsAreRead(String what, String hex, String expected) {
        assertTrue(vp8(hex), what);
        assertEquals(
                expected,
                "%d %b %d %d %d %d"
                        .formatted(
                                vp8.length(),
                                vp8.isStartOfFrame(),
                                vp8.pictureId(),
                                vp8.tl0PicIdx(),
                                vp8.temporalLayer(),
                                vp8.keyIndex()));
        assertFalse(vp8.isKeyframe());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "90",
                "9080",
                "908011",
                "9080 92",
                "90809234",
                "90c011",
                "90f0 9234 42",
                "90f09234 42a5"
            })
    void aDescriptorThatIsCutOffIsRefused(String hex) {
        assertFalse(vp8(hex));
        assertFalse(vp8.isKeyframe());
    }

    @Test
    void aKeyframeTellsItsSize() {
        // 640 x 360 with scaling bits, which are not part of the size (RFC 6386 section 9.1).
        assertTrue(vp8("10 104200 9d012a 8042 6881 00"));
        assertTrue(vp8.isKeyframe());
        assertEquals(640, vp8.width());
        assertEquals(360, vp8.height());
        assertTrue(vp8("10 00"), "the size may be in the next packet");
        assertTrue(vp8.isKeyframe());
        assertEquals(0, vp8.width());
        assertTrue(vp8("00 00"), "no start of a frame, so no header");
        assertFalse(vp8.isKeyframe());
    }

    @Test
    void flagsAreRead() {
        assertTrue(vp8("b0 20 60 01"));
        assertTrue(vp8.isNonReference());
        assertTrue(vp8.isLayerSync());
        assertEquals(1, vp8.temporalLayer());
    }

    @Test
    void picturesAreRenumberedInPlaceInTheWidthTheyHave() {
        var memory = Hex.memory("ff 90f0 9234 42 a5 01");
        assertTrue(vp8.parse(memory, 1, 7));
        vp8.pictureId(0x1_ffff);
        vp8.tl0PicIdx(0x1ff);
        assertEquals("90f0ffffffa501", Hex.text(memory, 1, 7));
        assertEquals(0x7fff, vp8.pictureId());
        assertEquals(255, vp8.tl0PicIdx());
        var small = Hex.memory("9080 11 01");
        assertTrue(vp8.parse(small, 0, 4));
        vp8.pictureId(0x80);
        vp8.tl0PicIdx(7);
        assertEquals("90800001", Hex.text(small, 0, 4));
        var none = Hex.memory("10 01");
        assertTrue(vp8.parse(none, 0, 2));
        vp8.pictureId(5);
        assertEquals("1001", Hex.text(none, 0, 2));
        assertEquals(-1, vp8.pictureId());
    }

    @Test
    void aNonFlexibleVp9DescriptorIsRead() {
        // I, L, B, E; picture id of 15 bits; TID 2, U, SID 1, D; TL0PICIDX 7.
        assertTrue(vp9("ac 9234 53 07 00"));
        assertEquals(5, vp9.length());
        assertEquals(0x1234, vp9.pictureId());
        assertEquals(15, vp9.pictureIdBits());
        assertEquals(2, vp9.temporalLayer());
        assertEquals(1, vp9.spatialLayer());
        assertTrue(vp9.isSwitchingUp());
        assertTrue(vp9.isInterLayer());
        assertEquals(7, vp9.tl0PicIdx());
        assertTrue(vp9.isStartOfFrame());
        assertTrue(vp9.isEndOfFrame());
        assertFalse(vp9.isFlexible());
        assertFalse(vp9.isKeyframe(), "an upper layer is not where a decoder starts");
    }

    @Test
    void aFlexibleVp9DescriptorNamesItsReferences() {
        // I, P, L, F; picture id 5 of 7 bits; TID 1, SID 0; references 1, 2 and 127 back.
        assertTrue(vp9("f1 05 20 03 05 fe 00"));
        assertTrue(vp9.isFlexible());
        assertTrue(vp9.isNotForUpperLayers());
        assertEquals(5, vp9.pictureId());
        assertEquals(-1, vp9.tl0PicIdx());
        assertEquals(3, vp9.referenceCount());
        assertEquals(1, vp9.reference(0));
        assertEquals(2, vp9.reference(1));
        assertEquals(127, vp9.reference(2));
    }

    @Test
    void aKeyframeCarriesItsStructure() {
        // Three spatial layers with sizes; a group of two pictures, the second with two references.
        assertTrue(vp9("8a 05 58 0140 00b4 0280 0168 0500 02d0 02 00 38 01 02 ff"));
        assertTrue(vp9.isKeyframe());
        assertTrue(vp9.hasStructure());
        var structure = vp9.structure();
        assertEquals(3, structure.layerCount());
        assertTrue(structure.isSized());
        assertEquals(1_280, structure.width(2));
        assertEquals(720, structure.height(2));
        assertEquals(320, structure.width(0));
        assertEquals(2, structure.pictureCount());
        assertEquals(0, structure.referenceCount(0));
        assertEquals(1, structure.temporalLayer(1));
        assertTrue(structure.isSwitchingUp(1));
        assertEquals(2, structure.referenceCount(1));
        assertEquals(1, structure.reference(1, 0));
        assertEquals(2, structure.reference(1, 1));
        assertEquals(20, vp9.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "08",
                "80",
                "8092",
                "8005",
                "a005",
                "a00500",
                "a0050000",
                "f10520",
                "f1052003",
                "f1052003 0507 03 00",
                "0200",
                "02 10 0140",
                "02 08",
                "02 08 01",
                "02 08 01 04",
                "02 08 01 04 01"
            })
    void aVp9DescriptorThatIsCutOffOrLiesIsRefused(String hex) {
        assertFalse(vp9(hex));
    }

    @Test
    void vp9PicturesAreRenumberedInPlace() {
        var memory = Hex.memory("ac 9234 53 07 00");
        assertTrue(vp9.parse(memory, 0, 6));
        vp9.pictureId(-1);
        vp9.tl0PicIdx(256);
        assertEquals("acffff530000", Hex.text(memory, 0, 6));
        assertEquals(0, vp9.tl0PicIdx());
        var small = Hex.memory("80 05 00");
        assertTrue(vp9.parse(small, 0, 3));
        vp9.pictureId(0xff);
        vp9.tl0PicIdx(1);
        assertEquals("807f00", Hex.text(small, 0, 3));
    }
}
