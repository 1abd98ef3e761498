package io.parley.media.rtp.dependency;

import io.parley.media.rtp.memory.BitReader;

/**
 * The template dependency structure of a stream (RTP Payload Format for AV1 appendix A.8.3): which kinds of frames
 * there are, to which decode targets they belong and what they refer to. Filled by parsing; {@link #copyFrom} keeps
 * one. All its arrays are made once.
 */
public final class DependencyStructure {
    /** Templates: their ids have 6 bits (appendix A.8.3). */
    public static final int TEMPLATES_MAX = 64;

    /** Decode targets: their count has 5 bits (appendix A.8.3). */
    public static final int TARGETS_MAX = 32;

    /** Chains: at most one for each decode target (appendix A.8.3). */
    public static final int CHAINS_MAX = TARGETS_MAX;

    /** References that are kept of one template or frame; more are malformed to us. An encoder has at most 8. */
    public static final int REFERENCES_MAX = 16;

    /** Spatial layers: their ids have 2 bits (appendix A.8.3). */
    public static final int SPATIAL_MAX = 4;

    /** Temporal layers: their ids have 3 bits (appendix A.8.3). */
    public static final int TEMPORAL_MAX = 8;

    private static final int NEXT_TEMPORAL = 1;
    private static final int NEXT_SPATIAL = 2;

    private final byte[] spatial = new byte[TEMPLATES_MAX];
    private final byte[] temporal = new byte[TEMPLATES_MAX];
    private final byte[] indications = new byte[TEMPLATES_MAX * TARGETS_MAX];
    private final byte[] referenceCounts = new byte[TEMPLATES_MAX];
    private final byte[] references = new byte[TEMPLATES_MAX * REFERENCES_MAX];
    private final byte[] chainDistances = new byte[TEMPLATES_MAX * CHAINS_MAX];
    private final byte[] protectedBy = new byte[TARGETS_MAX];
    private final byte[] targetSpatial = new byte[TARGETS_MAX];
    private final byte[] targetTemporal = new byte[TARGETS_MAX];
    private final int[] widths = new int[SPATIAL_MAX];
    private final int[] heights = new int[SPATIAL_MAX];
    private int templateIdOffset;
    private int templateCount;
    private int targetCount;
    private int chainCount;
    private boolean sized;

    /**
     * Reads a structure where {@code bits} stands, behind the five flags (appendix A.8.3); false when it is malformed.
     */
    boolean parse(BitReader bits) {
        templateIdOffset = bits.read(6);
        targetCount = bits.read(5) + 1;
        if (!readLayers(bits)) {
            return false;
        }
        for (int i = 0; i < templateCount; i++) {
            for (int target = 0; target < targetCount; target++) {
                indications[i * TARGETS_MAX + target] = (byte) bits.read(2);
            }
        }
        if (!readReferences(bits) || !readChains(bits)) {
            return false;
        }
        findTargetLayers();
        readSizes(bits);
        return !bits.overrun();
    }

    /** Forgets everything: no descriptor can be read against it then. */
    public void clear() {
        templateCount = 0;
        targetCount = 0;
        chainCount = 0;
    }

    private boolean readLayers(BitReader bits) {
        int spatialId = 0;
        int temporalId = 0;
        templateCount = 0;
        while (!bits.overrun()) {
            if (templateCount == TEMPLATES_MAX || spatialId >= SPATIAL_MAX || temporalId >= TEMPORAL_MAX) {
                return false;
            }
            spatial[templateCount] = (byte) spatialId;
            temporal[templateCount] = (byte) temporalId;
            templateCount++;
            int next = bits.read(2);
            if (next == NEXT_TEMPORAL) {
                temporalId++;
            } else if (next == NEXT_SPATIAL) {
                temporalId = 0;
                spatialId++;
            } else if (next != 0) {
                return !bits.overrun();
            }
        }
        return false;
    }

    private boolean readReferences(BitReader bits) {
        for (int i = 0; i < templateCount; i++) {
            int count = 0;
            while (bits.flag()) {
                if (count == REFERENCES_MAX) {
                    return false;
                }
                references[i * REFERENCES_MAX + count] = (byte) (bits.read(4) + 1);
                count++;
            }
            referenceCounts[i] = (byte) count;
        }
        return true;
    }

    private boolean readChains(BitReader bits) {
        chainCount = bits.nonSymmetric(targetCount + 1);
        if (chainCount > targetCount) {
            return false;
        }
        if (chainCount == 0) {
            return true;
        }
        for (int target = 0; target < targetCount; target++) {
            int chain = bits.nonSymmetric(chainCount);
            if (chain >= chainCount) {
                return false;
            }
            protectedBy[target] = (byte) chain;
        }
        for (int i = 0; i < templateCount; i++) {
            for (int chain = 0; chain < chainCount; chain++) {
                chainDistances[i * CHAINS_MAX + chain] = (byte) bits.read(4);
            }
        }
        return true;
    }

    /** A target needs the highest layers among the templates that are present in it (appendix A.8.3). */
    private void findTargetLayers() {
        for (int target = 0; target < targetCount; target++) {
            int highestSpatial = 0;
            int highestTemporal = 0;
            for (int i = 0; i < templateCount; i++) {
                if (indications[i * TARGETS_MAX + target] != Indication.NOT_PRESENT) {
                    highestSpatial = Math.max(highestSpatial, spatial[i]);
                    highestTemporal = Math.max(highestTemporal, temporal[i]);
                }
            }
            targetSpatial[target] = (byte) highestSpatial;
            targetTemporal[target] = (byte) highestTemporal;
        }
    }

    private void readSizes(BitReader bits) {
        sized = bits.flag();
        for (int layer = 0; sized && layer <= spatial[templateCount - 1]; layer++) {
            widths[layer] = bits.read(16) + 1;
            heights[layer] = bits.read(16) + 1;
        }
    }

    /** Becomes a copy of {@code other}. */
    public void copyFrom(DependencyStructure other) {
        copy(other.spatial, spatial);
        copy(other.temporal, temporal);
        copy(other.indications, indications);
        copy(other.referenceCounts, referenceCounts);
        copy(other.references, references);
        copy(other.chainDistances, chainDistances);
        copy(other.protectedBy, protectedBy);
        copy(other.targetSpatial, targetSpatial);
        copy(other.targetTemporal, targetTemporal);
        System.arraycopy(other.widths, 0, widths, 0, SPATIAL_MAX);
        System.arraycopy(other.heights, 0, heights, 0, SPATIAL_MAX);
        templateIdOffset = other.templateIdOffset;
        templateCount = other.templateCount;
        targetCount = other.targetCount;
        chainCount = other.chainCount;
        sized = other.sized;
    }

    private static void copy(byte[] from, byte[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
    }

    /** The template that a frame's template id names, or -1 when there is none (appendix A.8.4). */
    public int template(int templateId) {
        int index = (templateId + TEMPLATES_MAX - templateIdOffset) % TEMPLATES_MAX;
        return index < templateCount ? index : -1;
    }

    /** template_id_offset: the id of the first template (appendix A.8.3). */
    public int templateIdOffset() {
        return templateIdOffset;
    }

    /** How many templates there are, 0 when no structure is known (appendix A.8.3). */
    public int templateCount() {
        return templateCount;
    }

    /** DtCnt: how many decode targets there are (appendix A.8.3). */
    public int targetCount() {
        return targetCount;
    }

    /** The mask with all decode targets active (appendix A.8.2). */
    public int allTargets() {
        return targetCount == 0 ? 0 : -1 >>> (32 - targetCount);
    }

    /** chain_cnt: how many chains there are; 0 when loss can only be seen by references (appendix A.8.3). */
    public int chainCount() {
        return chainCount;
    }

    /** The spatial layer of a template (appendix A.8.3). */
    public int spatialLayer(int template) {
        return spatial[template];
    }

    /** The temporal layer of a template (appendix A.8.3). */
    public int temporalLayer(int template) {
        return temporal[template];
    }

    /** What a template is to a decode target: one of {@link Indication} (appendix A.8.3). */
    public int indication(int template, int target) {
        return indications[template * TARGETS_MAX + target];
    }

    /** How many frames a template refers to (appendix A.8.3). */
    public int referenceCount(int template) {
        return referenceCounts[template];
    }

    /** How many frames back a reference of a template lies, 1 to 16 (appendix A.8.3). */
    public int reference(int template, int index) {
        return references[template * REFERENCES_MAX + index];
    }

    /** How many frames back the previous frame of a chain lies for a template, 0 to 15 (appendix A.8.3). */
    public int chainDistance(int template, int chain) {
        return chainDistances[template * CHAINS_MAX + chain];
    }

    /** The chain that protects a decode target; means something if there are chains (appendix A.8.3). */
    public int protectedBy(int target) {
        return protectedBy[target];
    }

    /** The highest spatial layer of a decode target (appendix A.8.3). */
    public int targetSpatialLayer(int target) {
        return targetSpatial[target];
    }

    /** The highest temporal layer of a decode target (appendix A.8.3). */
    public int targetTemporalLayer(int target) {
        return targetTemporal[target];
    }

    /** Whether the sizes of the spatial layers are known (appendix A.8.3). */
    public boolean isSized() {
        return sized;
    }

    /** Pixels of a spatial layer, if sized (appendix A.8.3). */
    public int width(int layer) {
        return widths[layer];
    }

    /** Pixels of a spatial layer, if sized (appendix A.8.3). */
    public int height(int layer) {
        return heights[layer];
    }
}
