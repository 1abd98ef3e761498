package io.parley.media.sfu.forward;

import io.parley.media.sfu.ingest.Encoding;
import io.parley.media.sfu.ingest.Facts;
import java.lang.foreign.MemorySegment;

/** Audio, H.264 and whatever says nothing about its layers: all of it or nothing. */
final class PlainFilter implements FrameFilter {
    @Override
    public void target(int spatial, int temporal) {}

    @Override
    public void start(Encoding encoding, int index) {}

    @Override
    public long accept(Encoding encoding, int index) {
        return Facts.has(encoding.ring().facts(index), Facts.EMPTY | Facts.DISCARDED) ? DROP : 0;
    }

    @Override
    public void rewrite(MemorySegment memory, int payloadAt, int payloadLength, long word) {}
}
