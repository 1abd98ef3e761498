package io.parley.media.sfu.forward;

import io.parley.media.rtp.SequenceUnwrapper;
import io.parley.media.rtp.dependency.DependencyDescriptor;
import io.parley.media.rtp.dependency.DependencyRewriter;
import io.parley.media.rtp.dependency.DependencyStructure;
import io.parley.media.rtp.dependency.Indication;
import io.parley.media.rtp.memory.Bytes;
import io.parley.media.sfu.ingest.Encoding;
import io.parley.media.sfu.ingest.Facts;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * AV1, and whatever else carries dependency descriptors (RTP Payload Format for AV1 appendix A): a receiver follows one
 * decode target and gets the frames that are present in it. It changes to another at a keyframe, or at a frame that is
 * a switch to it and whose references it has; to a lower temporal layer of the same size at once. Frame numbers keep
 * their holes, as references count by them; out of one encoding into another they go on by one, and template ids move.
 */
final class DependencyFilter implements FrameFilter {
    private static final int FRAMES = 512;
    private static final int MASK = FRAMES - 1;
    private static final long HAS_NUMBER = 1L << 61;
    private static final long HAS_MASK = 1L << 22;
    private static final int MASK_AT = 23;

    private final SequenceUnwrapper numbers = new SequenceUnwrapper();
    private final DependencyDescriptor descriptor = new DependencyDescriptor();
    private final DependencyRewriter rewriter = new DependencyRewriter();
    private final long[] frames = new long[FRAMES];
    private final boolean[] sent = new boolean[FRAMES];
    /** The decode target that was followed when a frame did not come in its turn: it counts if it comes late. */
    private final byte[] targets = new byte[FRAMES];

    private @Nullable Encoding source;
    private int targetSpatial = 7;
    private int targetTemporal = 7;
    private int target = -1;
    private boolean numbered;
    private int numberDelta;
    private int outNumber = -1;
    private int templateDelta;
    private int outTemplateEnd;

    @Override
    public void target(int spatial, int temporal) {
        targetSpatial = spatial;
        targetTemporal = temporal;
    }

    @Override
    public void start(Encoding encoding, int index) {
        Arrays.fill(frames, -1);
        numbers.reset();
        source = encoding;
        int number = encoding.ring().frame(index);
        if (!numbered && number >= 0) {
            numbered = true;
            outNumber = number - 1;
            outTemplateEnd = encoding.structure().templateIdOffset();
        }
        numberDelta = outNumber + 1 - number;
        templateDelta = outTemplateEnd - encoding.structure().templateIdOffset() & 0x3f;
        keepTemplates(encoding.structure());
        target = choose(encoding.structure());
    }

    private void keepTemplates(DependencyStructure structure) {
        outTemplateEnd = structure.templateIdOffset() + templateDelta + structure.templateCount() & 0x3f;
    }

    /** The best decode target within what is wanted; the lowest when all are above. */
    private int choose(DependencyStructure structure) {
        int best = -1;
        int lowest = -1;
        for (int i = 0; i < structure.targetCount(); i++) {
            int rank = rank(structure, i);
            boolean within = structure.targetSpatialLayer(i) <= targetSpatial
                    && structure.targetTemporalLayer(i) <= targetTemporal;
            if (within && (best < 0 || rank > rank(structure, best))) {
                best = i;
            }
            if (lowest < 0 || rank < rank(structure, lowest)) {
                lowest = i;
            }
        }
        return best >= 0 ? best : lowest;
    }

    private static int rank(DependencyStructure structure, int index) {
        return structure.targetSpatialLayer(index) << 3 | structure.targetTemporalLayer(index);
    }

    @Override
    public long accept(Encoding encoding, int index) {
        var ring = encoding.ring();
        int facts = ring.facts(index);
        if (Facts.has(facts, Facts.EMPTY | Facts.OPAQUE)) {
            return DROP;
        }
        if (ring.frame(index) < 0) {
            return 0; // no descriptor: nothing can be left out
        }
        long before = numbers.highest() + FRAMES;
        long frame = numbers.unwrap(ring.frame(index)) + FRAMES;
        int slot = (int) frame & MASK;
        if (frames[slot] != frame) {
            if (frame <= numbers.highest() - MASK + FRAMES) {
                return DROP; // hundreds of frames late
            }
            frames[slot] = frame;
            boolean newest = frame > before || before == FRAMES;
            sent[slot] = newest ? decide(encoding, index, frame) : decideLate(encoding, index, frame);
            for (long skipped = Math.max(before + 1, frame - MASK); skipped < frame; skipped++) {
                targets[(int) skipped & MASK] = (byte) target;
            }
        }
        if (!sent[slot]) {
            return DROP;
        }
        int number = ring.frame(index) + numberDelta & 0xffff;
        if ((short) (number - outNumber) > 0) {
            outNumber = number;
        }
        return word(encoding, facts, number);
    }

    private boolean decide(Encoding encoding, int index, long frame) {
        var structure = encoding.structure();
        var ring = encoding.ring();
        int wanted = choose(structure);
        if (Facts.has(ring.facts(index), Facts.KEYFRAME)) {
            target = wanted;
            keepTemplates(structure);
            return true;
        }
        if (!hasReferences(ring.references(index), frame)) {
            return false;
        }
        if (wanted != target && wanted >= 0 && target >= 0 && target < structure.targetCount()) {
            boolean thinner = structure.targetSpatialLayer(wanted) == structure.targetSpatialLayer(target)
                    && structure.targetTemporalLayer(wanted) < structure.targetTemporalLayer(target);
            boolean switches = indication(ring.indications(index), wanted) == Indication.SWITCH;
            if (thinner || (switches && wasSent(ring.references(index), frame))) {
                target = wanted;
            }
        }
        return target < 0 || indication(ring.indications(index), target) != Indication.NOT_PRESENT;
    }

    private boolean decideLate(Encoding encoding, int index, long frame) {
        int followed = targets[(int) frame & MASK];
        var ring = encoding.ring();
        boolean present = followed < 0 || indication(ring.indications(index), followed) != Indication.NOT_PRESENT;
        return present && hasReferences(ring.references(index), frame);
    }

    private static int indication(long indications, int target) {
        return (int) (indications >> (2 * target)) & 3;
    }

    /** Whether no reference was left out on purpose; one that has not come yet may still. */
    private boolean hasReferences(long references, long frame) {
        int count = (int) references & 0xf;
        for (int i = 0; i < count; i++) {
            long referred = frame - 1 - ((references >> (4 + 12 * i)) & 0xfff);
            int slot = (int) referred & MASK;
            if (referred >= 0 && frames[slot] == referred && !sent[slot]) {
                return false;
            }
        }
        return true;
    }

    /** Whether every reference was forwarded: one that did not come may be none of the old target. */
    private boolean wasSent(long references, long frame) {
        int count = (int) references & 0xf;
        for (int i = 0; i < count; i++) {
            long referred = frame - 1 - ((references >> (4 + 12 * i)) & 0xfff);
            int slot = (int) referred & MASK;
            if (referred < 0 || frames[slot] != referred || !sent[slot]) {
                return false;
            }
        }
        return true;
    }

    private long word(Encoding encoding, int facts, int number) {
        long word = HAS_NUMBER | (long) templateDelta << 16 | number;
        var structure = encoding.structure();
        if (target < 0 || target >= structure.targetCount()) {
            return word;
        }
        int active = 0;
        for (int i = 0; i < structure.targetCount(); i++) {
            boolean within = structure.targetSpatialLayer(i) <= structure.targetSpatialLayer(target)
                    && structure.targetTemporalLayer(i) <= structure.targetTemporalLayer(target);
            active |= within ? 1 << i : 0;
        }
        active &= encoding.activeTargets();
        if (active != encoding.activeTargets()) {
            word |= HAS_MASK | (active & 0xffff_ffffL) << MASK_AT;
        }
        boolean last =
                Facts.has(facts, Facts.FRAME_END) && Facts.spatial(facts) == structure.targetSpatialLayer(target);
        return word | (last ? MARKER : 0);
    }

    @Override
    public void rewrite(MemorySegment memory, int payloadAt, int payloadLength, long word) {}

    /** The most bytes a descriptor of {@code length} becomes. */
    static int lengthMax(int length) {
        return length + 1 + DependencyStructure.TARGETS_MAX / 8;
    }

    /** Writes the descriptor that lies at {@code from} to the start of {@code to}; answers its new length. */
    int writeDescriptor(MemorySegment kept, int from, int length, MemorySegment to, long word) {
        boolean number = (word & HAS_NUMBER) != 0;
        int delta = (int) (word >> 16) & 0x3f;
        boolean masked = (word & HAS_MASK) != 0;
        if (number
                && (delta != 0 || masked)
                && source != null
                && descriptor.parse(kept, from, length, source.structure())) {
            rewriter.templateIdDelta(delta).keepActiveTargets();
            if (masked) {
                rewriter.activeTargets((int) (word >> MASK_AT));
            }
            int written = rewriter.write(descriptor, (int) word & 0xffff, to, 0, lengthMax(length));
            if (written > 0) {
                return written;
            }
        }
        Bytes.copy(kept, from, to, 0, length);
        if (number) {
            DependencyRewriter.frameNumber(to, 0, (int) word & 0xffff);
        }
        return length;
    }
}
