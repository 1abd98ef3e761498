package io.parley.media.rtp.fuzz;

import io.parley.media.rtp.Hex;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.Random;

/**
 * Throws one target's packets at it. Each lies at the very end of its memory, so that a read beyond it is an exception.
 */
final class Attack {
    private static final int ROOM = 4_096;

    private final Target target;
    private final Mutator mutator;
    private final MemorySegment room = Hex.memory(ROOM);
    private long tried;
    private long valid;

    Attack(Target target, long seed) {
        this.target = target;
        this.mutator = new Mutator(target.sound(), new Random(seed));
    }

    void run(int packets) {
        for (int i = 0; i < packets; i++) {
            byte[] bytes = mutator.next();
            int at = ROOM - bytes.length;
            MemorySegment.copy(bytes, 0, room, ValueLayout.JAVA_BYTE, at, bytes.length);
            try {
                valid += target.parser().read(room, at, bytes.length) == Target.INVALID ? 0 : 1;
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        target.name() + ", packet " + tried + ": "
                                + HexFormat.of().formatHex(bytes),
                        failure);
            }
            tried++;
        }
    }

    long tried() {
        return tried;
    }

    long valid() {
        return valid;
    }
}
