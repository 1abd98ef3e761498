package io.parley.media.rtp.fuzz;

import io.parley.media.rtp.codec.Av1Payload;
import io.parley.media.rtp.codec.Av1SequenceHeader;
import io.parley.media.rtp.codec.H264Payload;
import io.parley.media.rtp.codec.H264Sps;
import io.parley.media.rtp.codec.Vp8Descriptor;
import io.parley.media.rtp.codec.Vp9Descriptor;
import io.parley.media.rtp.dependency.DependencyDescriptor;
import io.parley.media.rtp.dependency.DependencyRewriter;
import io.parley.media.rtp.dependency.DependencyStructure;
import io.parley.media.rtp.dependency.LayersAllocation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** What stands in payloads and in the extensions of video. */
final class PayloadTargets {
    private PayloadTargets() {}

    static List<Target> all() {
        return List.of(vp8(), vp9(), h264(), av1(), dependency(), layers());
    }

    private static Target vp8() {
        var vp8 = new Vp8Descriptor();
        return new Target(
                "VP8",
                (memory, at, length) -> {
                    if (!vp8.parse(memory, at, length)) {
                        return Target.INVALID;
                    }
                    vp8.pictureId(vp8.pictureId() + 1);
                    vp8.tl0PicIdx(vp8.tl0PicIdx() + 1);
                    return (long) vp8.length() + vp8.pictureId() + vp8.temporalLayer() + vp8.keyIndex() + vp8.width();
                },
                "10104200 9d012a80426881 00",
                "90f0923442a501",
                "90801101");
    }

    private static Target vp9() {
        var vp9 = new Vp9Descriptor();
        return new Target(
                "VP9",
                (memory, at, length) -> {
                    if (!vp9.parse(memory, at, length)) {
                        return Target.INVALID;
                    }
                    vp9.pictureId(vp9.pictureId() + 1);
                    vp9.tl0PicIdx(vp9.tl0PicIdx() + 1);
                    long sum =
                            (long) vp9.length() + vp9.temporalLayer() + vp9.spatialLayer() + (vp9.isKeyframe() ? 1 : 0);
                    for (int i = 0; i < vp9.referenceCount(); i++) {
                        sum += vp9.reference(i);
                    }
                    return vp9.hasStructure() ? sum + structure(vp9) : sum;
                },
                "ac923453 0700",
                "f10520030 5fe00",
                "8a0558014000b402800168050002d00200380102ff");
    }

    private static long structure(Vp9Descriptor vp9) {
        var structure = vp9.structure();
        long sum = 0;
        for (int layer = 0; layer < structure.layerCount(); layer++) {
            sum += structure.isSized() ? structure.width(layer) + structure.height(layer) : 0;
        }
        for (int picture = 0; picture < structure.pictureCount(); picture++) {
            sum += structure.temporalLayer(picture);
            for (int i = 0; i < structure.referenceCount(picture); i++) {
                sum += structure.reference(picture, i);
            }
        }
        return sum;
    }

    private static Target h264() {
        var h264 = new H264Payload();
        var sps = new H264Sps();
        return new Target(
                "H.264",
                (memory, at, length) -> {
                    if (!h264.parse(memory, at, length)) {
                        return Target.INVALID;
                    }
                    long sum =
                            (long) h264.nalType() + h264.nalCount() + h264.referenceIdc() + (h264.isKeyframe() ? 1 : 0);
                    boolean sized = h264.spsLength() > 0 && sps.parse(memory, h264.spsAt(), h264.spsLength());
                    return sized ? sum + sps.width() + sps.height() : sum;
                },
                "677a001fbcd9405005ba1000000300c000002ae0f1831960",
                "78000265880018677a001fbcd9405005ba1000000300c000002ae0f1831960",
                "6764001facd9405005bb011000000300100000030320f1831960",
                "7c8588",
                "6742c01eda0280bfe5");
    }

    private static Target av1() {
        var av1 = new Av1Payload();
        var header = new Av1SequenceHeader();
        return new Target(
                "AV1",
                (memory, at, length) -> {
                    if (!av1.parse(memory, at, length)) {
                        return Target.INVALID;
                    }
                    long sum = av1.count();
                    while (av1.next()) {
                        sum += av1.obuType() + av1.temporalLayer() + av1.spatialLayer() + av1.length();
                        sum += header.parse(memory, av1.at(), av1.length()) ? header.width() : 0;
                    }
                    return sum;
                },
                "280d0a0b0000002d4cffb3c000000030aabb",
                "000d0a0b0000002d4cffb3c00000000330aabb",
                "a002ffee30aa");
    }

    private static Target dependency() {
        var descriptor = new DependencyDescriptor();
        var stream = new DependencyStructure();
        var rewriter = new DependencyRewriter();
        MemorySegment out = Arena.ofAuto().allocate(512);
        return new Target(
                "dependency descriptor",
                (memory, at, length) -> {
                    if (!descriptor.parse(memory, at, length, stream)) {
                        return Target.INVALID;
                    }
                    long sum = (long) descriptor.frameNumber() + descriptor.spatialLayer() + descriptor.temporalLayer();
                    for (int i = 0; i < descriptor.referenceCount(); i++) {
                        sum += descriptor.reference(i);
                    }
                    for (int i = 0; i < descriptor.structure().targetCount(); i++) {
                        sum += descriptor.indication(i);
                    }
                    for (int i = 0; i < descriptor.structure().chainCount(); i++) {
                        sum += descriptor.chainDistance(i);
                    }
                    int room = DependencyRewriter.lengthMax(descriptor);
                    int written = rewriter.templateIdDelta(3)
                            .activeTargets(1)
                            .write(descriptor, 9, out, 0, Math.min(512, room));
                    if (written < 0 && room <= 512) {
                        throw new AssertionError("lengthMax is too small: " + room);
                    }
                    if (descriptor.hasStructure()) {
                        stream.copyFrom(descriptor.attached());
                    }
                    return sum + written;
                },
                "c5006480a11ea85141010c13fc0b3c",
                "c60066",
                "c700650828");
    }

    private static Target layers() {
        var layers = new LayersAllocation();
        return new Target(
                "layers allocation",
                (memory, at, length) -> {
                    if (!layers.parse(memory, at, length)) {
                        return Target.INVALID;
                    }
                    long sum = layers.streamIndex();
                    for (int stream = 0; stream < layers.streamCount(); stream++) {
                        for (int spatial = 0; spatial < LayersAllocation.SPATIAL_MAX; spatial++) {
                            sum += layers.isActive(stream, spatial) ? layer(layers, stream, spatial) : 0;
                        }
                    }
                    return sum;
                },
                "014064ac02027f01671e",
                "00",
                "2010 10 00 64 c801",
                "101110 64c801c802");
    }

    private static long layer(LayersAllocation layers, int stream, int spatial) {
        long sum = layers.isSized() ? layers.width(stream, spatial) + layers.height(stream, spatial) : 0;
        for (int temporal = 0; temporal < layers.temporalCount(stream, spatial); temporal++) {
            sum += layers.bitrateKbps(stream, spatial, temporal);
        }
        return sum;
    }
}
