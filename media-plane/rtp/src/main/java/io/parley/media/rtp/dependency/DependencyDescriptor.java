package io.parley.media.rtp.dependency;

import io.parley.media.rtp.memory.BitReader;
import java.lang.foreign.MemorySegment;

/**
 * One dependency descriptor (RTP Payload Format for AV1 appendix A.8): layer, decode targets, references and chains of
 * the frame that the packet belongs to. A flyweight of one owner.
 */
public final class DependencyDescriptor {
    /** Bytes of the mandatory fields, the shortest descriptor (appendix A.8.2). */
    public static final int MANDATORY = 3;

    private final BitReader bits = new BitReader();
    private final DependencyStructure attached = new DependencyStructure();
    private final int[] references = new int[DependencyStructure.REFERENCES_MAX];
    private final int[] chainDistances = new int[DependencyStructure.CHAINS_MAX];
    private final byte[] indications = new byte[DependencyStructure.TARGETS_MAX];
    private DependencyStructure structure = attached;
    private MemorySegment memory = MemorySegment.NULL;
    private int at;
    private int length;
    private int first;
    private int frameNumber;
    private int flags;
    private int activeTargets;
    private int template;
    private int referenceCount;
    private int structureEnd;
    private int definitionStart;
    private int definitionEnd;

    /**
     * Reads the extension's value at {@code offset} (appendix A.8.2). {@code current} is the structure of the stream so
     * far; a structure that is attached is used instead and can be kept with
     * {@code current.copyFrom(descriptor.attached())}. False when it is malformed or names a template that the
     * structure does not have.
     */
    public boolean parse(MemorySegment source, int offset, int bytes, DependencyStructure current) {
        memory = source;
        at = offset;
        length = bytes;
        flags = 0;
        structure = current;
        if (bytes < MANDATORY) {
            return false;
        }
        bits.over(source, offset, bytes);
        first = bits.read(8);
        frameNumber = bits.read(16);
        if (bytes > MANDATORY) {
            flags = bits.read(5);
        }
        if (hasStructure()) {
            if (!attached.parse(bits)) {
                return false;
            }
            structure = attached;
        }
        structureEnd = bits.position();
        activeTargets = hasActiveTargets() ? bits.read(structure.targetCount()) : structure.allTargets();
        definitionStart = bits.position();
        template = structure.template(templateId());
        return template >= 0 && readFrame() && !bits.overrun();
    }

    /** frame_dependency_definition (appendix A.8.4). */
    private boolean readFrame() {
        if (hasOwnIndications()) {
            for (int target = 0; target < structure.targetCount(); target++) {
                indications[target] = (byte) bits.read(2);
            }
        }
        if (!readReferences()) {
            return false;
        }
        for (int chain = 0; chain < structure.chainCount(); chain++) {
            chainDistances[chain] = hasOwnChains() ? bits.read(8) : structure.chainDistance(template, chain);
        }
        definitionEnd = bits.position();
        return true;
    }

    private boolean readReferences() {
        if (!hasOwnReferences()) {
            referenceCount = structure.referenceCount(template);
            for (int i = 0; i < referenceCount; i++) {
                references[i] = structure.reference(template, i);
            }
            return true;
        }
        referenceCount = 0;
        for (int size = bits.read(2); size != 0; size = bits.read(2)) {
            if (referenceCount == DependencyStructure.REFERENCES_MAX) {
                return false;
            }
            references[referenceCount] = bits.read(4 * size) + 1;
            referenceCount++;
        }
        return true;
    }

    /** start_of_frame: the packet begins the frame (appendix A.8.2). */
    public boolean isStartOfFrame() {
        return (first & 0x80) != 0;
    }

    /** end_of_frame: the packet ends the frame (appendix A.8.2). */
    public boolean isEndOfFrame() {
        return (first & 0x40) != 0;
    }

    /** frame_dependency_template_id, 0 to 63 (appendix A.8.2). */
    public int templateId() {
        return first & 0x3f;
    }

    /** frame_number, modulo 2^16, in coding order (appendix A.8.2). */
    public int frameNumber() {
        return frameNumber;
    }

    /** Whether a structure is attached, as it is to keyframes (appendix A.8.2). */
    public boolean hasStructure() {
        return (flags & 0x10) != 0;
    }

    /** Whether the mask of active decode targets is said here (appendix A.8.2). */
    public boolean hasActiveTargets() {
        return (flags & 0x08) != 0;
    }

    /** custom_dtis_flag (appendix A.8.2). */
    public boolean hasOwnIndications() {
        return (flags & 0x04) != 0;
    }

    /** custom_fdiffs_flag (appendix A.8.2). */
    public boolean hasOwnReferences() {
        return (flags & 0x02) != 0;
    }

    /** custom_chains_flag (appendix A.8.2). */
    public boolean hasOwnChains() {
        return (flags & 0x01) != 0;
    }

    /** The attached structure; means something if {@link #hasStructure} (appendix A.8.3). */
    public DependencyStructure attached() {
        return attached;
    }

    /** The structure that this frame was read against, attached or current (appendix A.8.3). */
    public DependencyStructure structure() {
        return structure;
    }

    /**
     * Bit {@code i} says whether decode target {@code i} is active. A stream keeps the mask that was said last: take
     * this one if {@link #hasActiveTargets} or {@link #hasStructure} (appendix A.8.2).
     */
    public int activeTargets() {
        return activeTargets;
    }

    /** The spatial layer of the frame (appendix A.8.4). */
    public int spatialLayer() {
        return structure.spatialLayer(template);
    }

    /** The temporal layer of the frame (appendix A.8.4). */
    public int temporalLayer() {
        return structure.temporalLayer(template);
    }

    /** What the frame is to a decode target: one of {@link Indication} (appendix A.8.4). */
    public int indication(int target) {
        return hasOwnIndications() ? indications[target] : structure.indication(template, target);
    }

    /** How many frames this one refers to; none is a keyframe of its layer (appendix A.8.4). */
    public int referenceCount() {
        return referenceCount;
    }

    /** How many frame numbers back a reference lies, 1 to 4096 (appendix A.8.4). */
    public int reference(int index) {
        return references[index];
    }

    /**
     * How many frame numbers back the previous frame of a chain lies, 0 when the chain begins here (appendix A.8.4).
     */
    public int chainDistance(int chain) {
        return chainDistances[chain];
    }

    MemorySegment memory() {
        return memory;
    }

    int at() {
        return at;
    }

    int length() {
        return length;
    }

    int flags() {
        return flags;
    }

    /** Where the structure ends in bits from the first; behind the flags when there is none. */
    int structureEnd() {
        return structureEnd;
    }

    int definitionStart() {
        return definitionStart;
    }

    int definitionEnd() {
        return definitionEnd;
    }
}
