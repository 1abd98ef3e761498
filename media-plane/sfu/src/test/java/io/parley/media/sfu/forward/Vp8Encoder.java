package io.parley.media.sfu.forward;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** VP8 with one to three temporal layers; a frame refers to the newest of lower layers, and maybe of its own. */
final class Vp8Encoder implements Encoder {
    private static final int[][] PATTERNS = {{0}, {0, 1}, {0, 2, 1, 2}};

    private final int[] newest = {-1, -1, -1};
    private final int[] pattern;
    private int picture;
    private int tl0;
    private int step;

    Vp8Encoder(Random random) {
        pattern = PATTERNS[random.nextInt(PATTERNS.length)];
        picture = random.nextInt(1 << 15);
        tl0 = random.nextInt(256);
    }

    @Override
    public List<SourceFrame> next(int firstId, boolean key, int timestamp, Random random) {
        step = key ? 0 : step + 1;
        int temporal = pattern[step % pattern.length];
        var references = new ArrayList<Integer>();
        boolean sync = temporal > 0;
        for (int layer = 0; layer <= temporal && !key; layer++) {
            boolean refers = layer == 0 || (newest[layer] >= 0 && random.nextInt(3) > 0);
            if (refers) {
                references.add(newest[layer]);
                sync &= layer == 0;
            }
        }
        if (key) {
            java.util.Arrays.fill(newest, -1);
        }
        newest[temporal] = firstId;
        picture = picture + 1 & 0x7fff;
        tl0 = tl0 + (temporal == 0 ? 1 : 0) & 0xff;
        var kind = new SourceFrame.Kind(key, sync, 0, temporal, picture, tl0);
        return List.of(new SourceFrame(firstId, kind, references, timestamp, 1 + random.nextInt(key ? 6 : 3)));
    }

    @Override
    public int describe(SourceFrame frame, int index, MemorySegment memory, int at) {
        var kind = frame.kind();
        Bytes.put8(memory, at, 0x80 | (index == 0 ? 0x10 : 0));
        Bytes.put8(memory, at + 1, 0xe0);
        Bytes.put16(memory, at + 2, 0x8000 | kind.picture());
        Bytes.put8(memory, at + 4, kind.tl0());
        Bytes.put8(memory, at + 5, kind.temporal() << 6 | (kind.sync() ? 0x20 : 0));
        Bytes.put8(memory, at + 6, kind.key() ? 0 : 1);
        return 7;
    }
}
