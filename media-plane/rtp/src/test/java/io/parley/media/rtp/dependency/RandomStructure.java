package io.parley.media.rtp.dependency;

import io.parley.media.rtp.memory.BitWriter;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/** A stream with any structure that the syntax allows, written as RTP Payload Format for AV1 appendix A.8 has it. */
final class RandomStructure {
    final int targets;
    final int chains;
    final int templates;
    final int idOffset;
    private final RandomGenerator random;
    private final BitWriter bits = new BitWriter();

    RandomStructure(RandomGenerator random) {
        this.random = random;
        targets = 1 + random.nextInt(DependencyStructure.TARGETS_MAX);
        chains = random.nextInt(targets + 1);
        templates = 1 + random.nextInt(12);
        idOffset = random.nextInt(64);
    }

    /** Writes a descriptor with what {@code flags} announce (appendix A.8.2) and returns its bytes. */
    int write(MemorySegment memory, int frameNumber, int flags) {
        bits.over(memory, 0, Math.toIntExact(memory.byteSize()));
        bits.write(random.nextInt(4), 2);
        bits.write(idOffset + random.nextInt(templates), 6);
        bits.write(frameNumber, 16);
        if (flags == 0) {
            return bits.length();
        }
        bits.write(flags, 5);
        if ((flags & 0x10) != 0) {
            structure();
        }
        if ((flags & 0x08) != 0) {
            bits.write(random.nextInt(), targets);
        }
        if ((flags & 0x04) != 0) {
            noise(targets, 2);
        }
        if ((flags & 0x02) != 0) {
            ownReferences();
        }
        if ((flags & 0x01) != 0) {
            noise(chains, 8);
        }
        return bits.length();
    }

    private void structure() {
        bits.write(idOffset, 6);
        bits.write(targets - 1, 5);
        int spatial = 0;
        int temporal = 0;
        for (int i = 1; i < templates; i++) {
            int next = random.nextInt(3);
            if ((next == 1 && temporal == 7) || (next == 2 && spatial == 3)) {
                next = 0;
            }
            temporal = next == 1 ? temporal + 1 : next == 2 ? 0 : temporal;
            spatial += next == 2 ? 1 : 0;
            bits.write(next, 2);
        }
        bits.write(3, 2);
        noise(templates * targets, 2);
        for (int i = 0; i < templates; i++) {
            for (int references = random.nextInt(5); references > 0; references--) {
                bits.write(0x10 | random.nextInt(16), 5);
            }
            bits.write(0, 1);
        }
        bits.nonSymmetric(chains, targets + 1);
        for (int i = 0; chains > 0 && i < targets; i++) {
            bits.nonSymmetric(random.nextInt(chains), chains);
        }
        noise(templates * chains, 4);
        boolean sized = random.nextBoolean();
        bits.flag(sized);
        noise(sized ? spatial + 1 : 0, 32);
    }

    private void ownReferences() {
        for (int references = random.nextInt(5); references > 0; references--) {
            int size = 1 + random.nextInt(3);
            bits.write(size, 2);
            bits.write(random.nextInt(), 4 * size);
        }
        bits.write(0, 2);
    }

    private void noise(int fields, int width) {
        for (int i = 0; i < fields; i++) {
            bits.write(random.nextInt(), width);
        }
    }
}
