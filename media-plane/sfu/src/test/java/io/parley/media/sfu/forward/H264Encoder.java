package io.parley.media.sfu.forward;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;

/** H.264: each picture refers to the one before; a keyframe has its parameter sets in front. */
final class H264Encoder implements Encoder {
    private int newest = -1;

    @Override
    public List<SourceFrame> next(int firstId, boolean key, int timestamp, Random random) {
        var references = key ? List.<Integer>of() : List.of(newest);
        newest = firstId;
        var kind = new SourceFrame.Kind(key, false, 0, 0, -1, 0);
        return List.of(new SourceFrame(firstId, kind, references, timestamp, (key ? 2 : 1) + random.nextInt(4)));
    }

    @Override
    public int describe(SourceFrame frame, int index, MemorySegment memory, int at) {
        if (!frame.kind().key()) {
            Bytes.put8(memory, at, 0x41);
            return 1;
        }
        if (index == 0) {
            Bytes.put8(memory, at, 0x67);
            return 1;
        }
        Bytes.put8(memory, at, 0x7c); // fragments of an IDR picture
        boolean first = index == 1;
        boolean last = !first && index == frame.packets() - 1;
        Bytes.put8(memory, at + 1, (first ? 0x80 : 0) | (last ? 0x40 : 0) | 5);
        return 2;
    }
}
