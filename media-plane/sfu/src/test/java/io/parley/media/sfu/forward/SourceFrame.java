package io.parley.media.sfu.forward;

import java.util.List;

/** One layer's picture as an encoder made it, with what it refers to. */
record SourceFrame(int id, Kind kind, List<Integer> references, int timestamp, int packets) {
    /** What kind of frame it is, in the terms of all codecs at once; numbers mean what the codec makes of them. */
    record Kind(boolean key, boolean sync, int spatial, int temporal, int picture, int tl0) {}
}
