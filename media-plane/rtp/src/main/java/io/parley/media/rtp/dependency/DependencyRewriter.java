package io.parley.media.rtp.dependency;

import io.parley.media.rtp.memory.BitReader;
import io.parley.media.rtp.memory.BitWriter;
import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * Changes dependency descriptors for one receiver (RTP Payload Format for AV1 appendix A.8.2): frame numbers without
 * the holes of frames that were left out, template ids that do not collide after a switch, and the mask of active
 * decode targets. Everything else is copied bit by bit. One owner, allocates nothing.
 */
public final class DependencyRewriter {
    private static final int FLAGS_AT = 24;
    private static final int FLAGS = 5;
    private static final int ID_BITS = 6;
    private static final int ID_MASK = 0x3f;
    private static final int ACTIVE_TARGETS_FLAG = 0x08;

    private final BitReader from = new BitReader();
    private final BitWriter to = new BitWriter();
    private int templateIdDelta;
    private int activeTargets;
    private boolean saysActiveTargets;

    /** Rewrites only the frame number, in place: it stands at a fixed place (appendix A.8.2). */
    public static void frameNumber(MemorySegment memory, int at, int frameNumber) {
        Bytes.put16(memory, at + 1, frameNumber);
    }

    /**
     * From now on adds {@code delta}, modulo 64, to template ids, those of attached structures too (appendix A.8.2).
     */
    public DependencyRewriter templateIdDelta(int delta) {
        templateIdDelta = delta & ID_MASK;
        return this;
    }

    /** From now on says this mask of active decode targets, whether the descriptor has one or not (appendix A.8.2). */
    public DependencyRewriter activeTargets(int mask) {
        activeTargets = mask;
        saysActiveTargets = true;
        return this;
    }

    /** From now on leaves the mask as each descriptor has it, or has it not (appendix A.8.2). */
    public DependencyRewriter keepActiveTargets() {
        saysActiveTargets = false;
        return this;
    }

    /** The most bytes that {@link #write} needs: it may add flags and a mask (appendix A.8.2). */
    public static int lengthMax(DependencyDescriptor descriptor) {
        return descriptor.length() + 1 + DependencyStructure.TARGETS_MAX / 8;
    }

    /**
     * Writes {@code descriptor}, which must just have been parsed, with another frame number and with what was set
     * above (appendix A.8.2). Returns the bytes written, or -1 when they do not fit {@code capacity}.
     */
    public int write(DependencyDescriptor descriptor, int frameNumber, MemorySegment target, int at, int capacity) {
        from.over(descriptor.memory(), descriptor.at(), descriptor.length());
        to.over(target, at, capacity);
        to.copy(from, 2); // start and end of frame
        to.write(from.read(ID_BITS) + templateIdDelta, ID_BITS);
        to.write(frameNumber, 16);
        int flags = descriptor.flags() | (saysActiveTargets ? ACTIVE_TARGETS_FLAG : 0);
        if (flags != 0) {
            to.write(flags, FLAGS);
            writeStructure(descriptor);
            if (saysActiveTargets) {
                to.write(activeTargets, descriptor.structure().targetCount());
            } else {
                from.over(descriptor.memory(), descriptor.at(), descriptor.length());
                from.skip(descriptor.structureEnd());
                to.copy(from, descriptor.definitionStart() - descriptor.structureEnd());
            }
            from.over(descriptor.memory(), descriptor.at(), descriptor.length());
            from.skip(descriptor.definitionStart());
            to.copy(from, descriptor.definitionEnd() - descriptor.definitionStart());
        }
        return to.overrun() ? -1 : to.length();
    }

    private void writeStructure(DependencyDescriptor descriptor) {
        if (!descriptor.hasStructure()) {
            return;
        }
        from.over(descriptor.memory(), descriptor.at(), descriptor.length());
        from.skip(FLAGS_AT + FLAGS);
        to.write(from.read(ID_BITS) + templateIdDelta, ID_BITS);
        to.copy(from, descriptor.structureEnd() - from.position());
    }
}
