package io.parley.media.sfu.forward;

import io.parley.media.rtp.dependency.Indication;
import io.parley.media.rtp.extension.ExtensionWriter;
import io.parley.media.rtp.memory.BitWriter;
import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** AV1 with random spatial and temporal layers; each frame says itself, in its descriptor, what it refers to. */
final class Av1Encoder implements Encoder {
    private static final int[][] PATTERNS = {{0}, {0, 1}, {0, 2, 1, 2}};
    private static final int CAPACITY = 200;

    private final MemorySegment scratch = Arena.ofAuto().allocate(CAPACITY);
    private final BitWriter bits = new BitWriter();
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private final int spatials;
    private final int temporals;
    private final int[] pattern;
    private final boolean keyOnly;
    private final int templateOffset;
    private final int[][] newest;
    private int number;
    private int step;

    Av1Encoder(int spatials, Random random) {
        this.spatials = spatials;
        pattern = PATTERNS[random.nextInt(PATTERNS.length)];
        temporals = Arrays.stream(pattern).max().orElse(0) + 1;
        keyOnly = random.nextBoolean();
        templateOffset = random.nextInt(64);
        newest = new int[spatials][3];
        number = random.nextInt(1 << 16);
    }

    @Override
    public List<SourceFrame> next(int firstId, boolean key, int timestamp, Random random) {
        step = key ? 0 : step + 1;
        int temporal = pattern[step % pattern.length];
        boolean up = key || random.nextInt(3) == 0;
        var frames = new ArrayList<SourceFrame>();
        for (int s = 0; s < spatials; s++) {
            if (key) {
                Arrays.fill(newest[s], -1);
            }
            boolean intra = key || (s > 0 && !keyOnly && temporal == 0 && random.nextInt(20) == 0);
            var references = new ArrayList<Integer>();
            for (int t = 0; t <= temporal && !intra; t++) {
                if (newest[s][t] >= 0 && (t == 0 || random.nextBoolean())) {
                    references.add(newest[s][t]);
                }
            }
            if (s > 0 && (key || !keyOnly)) {
                references.add(firstId + s - 1);
            }
            for (int t = temporal + 1; t < 3 && (up || intra); t++) {
                newest[s][t] = -1;
            }
            newest[s][temporal] = firstId + s;
            number = (number + 1) & 0xffff;
            numbers.put(firstId + s, number);
            var kind = new SourceFrame.Kind(key, up, s, temporal, number, 0);
            frames.add(new SourceFrame(firstId + s, kind, references, timestamp, 1 + random.nextInt(3)));
        }
        return frames;
    }

    @Override
    public int describe(SourceFrame frame, int index, MemorySegment memory, int at) {
        Bytes.put8(memory, at, 0x10);
        return 1;
    }

    @Override
    public void extend(SourceFrame frame, int index, ExtensionWriter extensions) {
        var kind = frame.kind();
        Bytes.clear(scratch, 0, CAPACITY);
        bits.over(scratch, 0, CAPACITY);
        bits.write(index == 0 ? 1 : 0, 1);
        bits.write(index == frame.packets() - 1 ? 1 : 0, 1);
        bits.write((templateOffset + kind.spatial() * temporals + kind.temporal()) & 0x3f, 6);
        bits.write(kind.picture(), 16);
        boolean structure = kind.key() && kind.spatial() == 0;
        bits.write(structure ? 0b10110 : 0b00110, 5); // own indications and references
        if (structure) {
            writeStructure();
        }
        for (int ds = 0; ds < spatials; ds++) {
            for (int dt = 0; dt < temporals; dt++) {
                bits.write(indication(frame, ds, dt), 2);
            }
        }
        for (int reference : frame.references()) {
            bits.write(3, 2);
            bits.write(((kind.picture() - numbers.getOrDefault(reference, 0)) & 0xffff) - 1, 12);
        }
        bits.write(0, 2);
        extensions.add(5, scratch, 0, bits.length());
    }

    private int indication(SourceFrame frame, int ds, int dt) {
        var kind = frame.kind();
        boolean hidden = keyOnly && !kind.key() && kind.spatial() < ds;
        if (kind.spatial() > ds || kind.temporal() > dt || hidden) {
            return Indication.NOT_PRESENT;
        }
        // A switch promises that all that follows in the target can be decoded: behind a picture of layer 2, one of
        // layer 1 may still lean on an older one; and an upper layer that begins anew says nothing of those below it.
        boolean anew = frame.references().stream().allMatch(reference -> reference == frame.id() - 1);
        boolean opens = (kind.sync() && kind.temporal() < 2) || (anew && dt == kind.temporal());
        boolean switches = kind.key() || (opens && kind.spatial() == ds);
        return switches ? Indication.SWITCH : Indication.REQUIRED;
    }

    private void writeStructure() {
        int targets = spatials * temporals;
        bits.write(templateOffset, 6);
        bits.write(targets - 1, 5);
        for (int i = 1; i < targets; i++) {
            bits.write(i % temporals == 0 ? 2 : 1, 2);
        }
        bits.write(3, 2);
        for (int i = 0; i < targets; i++) {
            for (int d = 0; d < targets; d++) {
                boolean present = i / temporals <= d / temporals && i % temporals <= d % temporals;
                bits.write(present ? Indication.REQUIRED : Indication.NOT_PRESENT, 2);
            }
        }
        for (int i = 0; i < targets; i++) {
            bits.write(0, 1); // no references by template
        }
        int zeros = 31 - Integer.numberOfLeadingZeros(targets + 1);
        bits.write(0, zeros); // no chains
        bits.write(0, 1); // no sizes
    }
}
