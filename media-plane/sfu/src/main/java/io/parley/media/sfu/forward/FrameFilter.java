package io.parley.media.sfu.forward;

import io.parley.media.sfu.ingest.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * Which packets of one encoding a receiver gets, and what changes in their descriptors: one implementation per codec,
 * one object per slot. A decision is made once per frame and kept, so that a frame is never cut. What a packet's
 * descriptor becomes is a word, from which the packet can be built again for a retransmission.
 */
interface FrameFilter {
    /** The packet is not forwarded. */
    long DROP = -1;

    /** Bit of a word: the packet is the last of the picture as this receiver gets it. */
    long MARKER = 1L << 62;

    /** The layers wanted from now on; they are reached at the next frame that allows it. */
    void target(int spatial, int temporal);

    /** The slot continues with {@code encoding}, beginning at the keyframe packet at {@code index}. */
    void start(Encoding encoding, int index);

    /** The word of a packet, or {@link #DROP}; packets may come in any order, each once. */
    long accept(Encoding encoding, int index);

    /** Changes the payload descriptor of a copy as {@code word} says. */
    void rewrite(MemorySegment memory, int payloadAt, int payloadLength, long word);
}
