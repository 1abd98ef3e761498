package io.parley.media.sfu.forward;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** VP9 with random spatial and temporal layers, k-SVC or full SVC, flexible or not. */
final class Vp9Encoder implements Encoder {
    private static final int[][] PATTERNS = {{0}, {0, 1}, {0, 2, 1, 2}};

    private final int spatials;
    private final int[] pattern;
    private final boolean keyOnly;
    private final boolean flexible;
    private final int[][] newest;
    private int picture;
    private int tl0;
    private int step;

    Vp9Encoder(int spatials, Random random) {
        this.spatials = spatials;
        pattern = PATTERNS[random.nextInt(PATTERNS.length)];
        keyOnly = random.nextBoolean();
        flexible = random.nextBoolean();
        newest = new int[spatials][3];
        picture = random.nextInt(1 << 15);
    }

    @Override
    public List<SourceFrame> next(int firstId, boolean key, int timestamp, Random random) {
        step = key ? 0 : step + 1;
        int temporal = pattern[step % pattern.length];
        picture = (picture + 1) & 0x7fff;
        tl0 = (tl0 + (temporal == 0 ? 1 : 0)) & 0xff;
        boolean up = random.nextInt(3) == 0;
        var frames = new ArrayList<SourceFrame>();
        for (int s = 0; s < spatials; s++) {
            if (key) {
                Arrays.fill(newest[s], -1);
            }
            boolean intra = key || (s > 0 && !keyOnly && temporal == 0 && random.nextInt(20) == 0);
            var references = references(s, temporal, intra, random);
            if (s > 0 && (key || !keyOnly)) {
                references.add(firstId + s - 1);
            }
            for (int t = temporal + 1; t < 3 && (up || intra); t++) {
                newest[s][t] = -1;
            }
            newest[s][temporal] = firstId + s;
            var kind = new SourceFrame.Kind(key, up, s, temporal, intra ? -picture - 1 : picture, tl0);
            frames.add(new SourceFrame(firstId + s, kind, references, timestamp, 1 + random.nextInt(3)));
        }
        return frames;
    }

    private List<Integer> references(int s, int temporal, boolean intra, Random random) {
        var references = new ArrayList<Integer>();
        for (int t = 0; t <= temporal && !intra; t++) {
            if (newest[s][t] >= 0 && (t == 0 || random.nextBoolean())) {
                references.add(newest[s][t]);
            }
        }
        return references;
    }

    @Override
    public int describe(SourceFrame frame, int index, MemorySegment memory, int at) {
        var kind = frame.kind();
        boolean intra = kind.picture() < 0;
        int id = intra ? -kind.picture() - 1 : kind.picture();
        boolean interLayer = kind.spatial() > 0 && (kind.key() || !keyOnly);
        int start = index == 0 ? 0x08 : 0;
        int end = index == frame.packets() - 1 ? 0x04 : 0;
        Bytes.put8(memory, at, 0xa0 | (intra ? 0 : 0x40) | (flexible ? 0x10 : 0) | start | end);
        Bytes.put16(memory, at + 1, 0x8000 | id);
        int up = kind.sync() ? 0x10 : 0;
        Bytes.put8(memory, at + 3, (kind.temporal() << 5) | up | (kind.spatial() << 1) | (interLayer ? 1 : 0));
        if (!flexible) {
            Bytes.put8(memory, at + 4, kind.tl0());
            return 5;
        }
        if (intra) {
            return 4;
        }
        Bytes.put8(memory, at + 4, 2); // one picture back; receivers here know the references better
        return 5;
    }
}
