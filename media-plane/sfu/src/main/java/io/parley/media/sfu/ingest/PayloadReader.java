package io.parley.media.sfu.ingest;

import io.parley.media.rtp.codec.Av1Payload;
import io.parley.media.rtp.codec.Av1SequenceHeader;
import io.parley.media.rtp.codec.H264Payload;
import io.parley.media.rtp.codec.H264Sps;
import io.parley.media.rtp.codec.Vp8Descriptor;
import io.parley.media.rtp.codec.Vp9Descriptor;
import io.parley.media.rtp.dependency.DependencyDescriptor;
import io.parley.media.rtp.dependency.DependencyStructure;
import io.parley.media.sfu.Codec;
import java.lang.foreign.MemorySegment;

/**
 * Reads of one payload what {@link Facts} hold, and no more: encrypted frames pass, because only the descriptor is
 * looked at. One per encoding, because a dependency structure lasts until the next. One owner, allocates nothing.
 */
final class PayloadReader {
    private static final int REFERENCES_KEPT = 5;
    private static final int TARGETS_KEPT = 32;

    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private final Vp9Descriptor vp9 = new Vp9Descriptor();
    private final H264Payload h264 = new H264Payload();
    private final H264Sps sps = new H264Sps();
    private final Av1Payload av1 = new Av1Payload();
    private final Av1SequenceHeader sequenceHeader = new Av1SequenceHeader();
    private final DependencyDescriptor dependency = new DependencyDescriptor();
    private final DependencyStructure structure = new DependencyStructure();
    private final int[] heights = new int[8];
    private final int[] widths = new int[8];
    private boolean hasStructure;
    private boolean hasParameters;
    private int activeTargets;
    private int frame;
    private long indications;
    private long references;

    /** Reads a payload of {@code length} bytes, at least 1; {@code dependencyAt} is -1 without a descriptor. */
    int read(Codec codec, MemorySegment memory, int at, int length, int dependencyAt, int dependencyLength) {
        frame = -1;
        indications = 0;
        references = 0;
        if (dependencyAt >= 0 && (codec == Codec.AV1 || codec == Codec.H264)) {
            return readDependency(memory, dependencyAt, dependencyLength);
        }
        return switch (codec) {
            case VP8 -> vp8.parse(memory, at, length) ? readVp8() : Facts.OPAQUE;
            case VP9 -> vp9.parse(memory, at, length) ? readVp9() : Facts.OPAQUE;
            case H264 -> h264.parse(memory, at, length) ? readH264(memory) : Facts.OPAQUE;
            case AV1 -> av1.parse(memory, at, length) ? readAv1(memory) : Facts.OPAQUE;
            case OPUS, RED, PCMU, PCMA, G722 -> Facts.KEYFRAME | Facts.FRAME_START;
        };
    }

    private int readVp8() {
        int facts = Facts.layers(0, Math.max(0, vp8.temporalLayer())) | Facts.withTl0(vp8.tl0PicIdx());
        frame = vp8.pictureId();
        facts |= vp8.pictureIdBits() == 7 ? Facts.SHORT_ID : 0;
        if (vp8.isStartOfFrame()) {
            facts |= Facts.FRAME_START;
        }
        if (vp8.isLayerSync()) {
            facts |= Facts.SWITCH_UP;
        }
        if (vp8.isKeyframe()) {
            facts |= Facts.KEYFRAME;
            size(0, vp8.width(), vp8.height());
        }
        return facts;
    }

    private int readVp9() {
        int facts = Facts.layers(vp9.spatialLayer(), vp9.temporalLayer()) | Facts.withTl0(vp9.tl0PicIdx());
        frame = vp9.pictureId();
        facts |= vp9.pictureIdBits() == 7 ? Facts.SHORT_ID : 0;
        facts |= vp9.isStartOfFrame() ? Facts.FRAME_START : 0;
        facts |= vp9.isEndOfFrame() ? Facts.FRAME_END : 0;
        facts |= vp9.isSwitchingUp() ? Facts.SWITCH_UP : 0;
        facts |= vp9.isInterPicture() ? Facts.INTER_PICTURE : 0;
        facts |= vp9.isKeyframe() ? Facts.KEYFRAME : 0;
        if (vp9.hasStructure() && vp9.structure().isSized()) {
            for (int layer = 0; layer < vp9.structure().layerCount(); layer++) {
                size(layer, vp9.structure().width(layer), vp9.structure().height(layer));
            }
        }
        return facts;
    }

    private int readH264(MemorySegment memory) {
        if (h264.spsLength() > 0 && sps.parse(memory, h264.spsAt(), h264.spsLength())) {
            size(0, sps.width(), sps.height());
        }
        // With parameter sets in the stream a decoder starts at them, not at the picture behind them.
        hasParameters |= h264.holds(H264Payload.NAL_SPS);
        boolean start = hasParameters ? h264.holds(H264Payload.NAL_SPS) : h264.isKeyframe();
        return start ? Facts.KEYFRAME | Facts.FRAME_START : 0;
    }

    private int readAv1(MemorySegment memory) {
        if (!av1.isNewSequence()) {
            return 0;
        }
        while (av1.next()) {
            boolean header = av1.obuType() == Av1Payload.OBU_SEQUENCE_HEADER;
            if (header && sequenceHeader.parse(memory, av1.at(), av1.length())) {
                size(0, sequenceHeader.width(), sequenceHeader.height());
            }
        }
        return Facts.KEYFRAME | Facts.FRAME_START;
    }

    private int readDependency(MemorySegment memory, int at, int length) {
        if (!dependency.parse(memory, at, length, structure)) {
            return Facts.OPAQUE;
        }
        if (dependency.hasStructure()) {
            keepStructure();
        } else if (!hasStructure) {
            return Facts.OPAQUE;
        }
        if (dependency.hasActiveTargets() || dependency.hasStructure()) {
            activeTargets = dependency.activeTargets();
        }
        frame = dependency.frameNumber();
        int targets = Math.min(TARGETS_KEPT, structure.targetCount());
        for (int target = 0; target < targets; target++) {
            indications |= (long) dependency.indication(target) << (2 * target);
        }
        int kept = Math.min(REFERENCES_KEPT, dependency.referenceCount());
        references = kept;
        for (int i = 0; i < kept; i++) {
            references |= (long) ((dependency.reference(i) - 1) & 0xfff) << (4 + 12 * i);
        }
        boolean key = dependency.hasStructure() && dependency.referenceCount() == 0;
        return Facts.layers(dependency.spatialLayer(), dependency.temporalLayer())
                | (dependency.isStartOfFrame() ? Facts.FRAME_START : 0)
                | (dependency.isEndOfFrame() ? Facts.FRAME_END : 0)
                | (dependency.referenceCount() > 0 ? Facts.INTER_PICTURE : 0)
                | (key && dependency.isStartOfFrame() ? Facts.KEYFRAME : 0);
    }

    private void keepStructure() {
        structure.copyFrom(dependency.attached());
        hasStructure = true;
        for (int layer = 0; structure.isSized() && layer < DependencyStructure.SPATIAL_MAX; layer++) {
            size(layer, structure.width(layer), structure.height(layer));
        }
    }

    private void size(int layer, int width, int height) {
        if (height > 0) {
            widths[layer] = width;
            heights[layer] = height;
        }
    }

    /** Picture id or frame number of what was just read, or -1. */
    int frame() {
        return frame;
    }

    long indications() {
        return indications;
    }

    long references() {
        return references;
    }

    /** The structure that came last; means something once a descriptor was read. */
    DependencyStructure structure() {
        return structure;
    }

    boolean hasStructure() {
        return hasStructure;
    }

    /** The decode targets that the publisher says are active. */
    int activeTargets() {
        return activeTargets;
    }

    /** Pixels of a spatial layer, 0 while unknown. For portrait video the shorter side. */
    int height(int layer) {
        int height = heights[layer];
        return widths[layer] > 0 ? Math.min(height, widths[layer]) : height;
    }
}
