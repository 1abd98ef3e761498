package io.parley.media.sfu.forward;

import io.parley.media.rtp.extension.ExtensionWriter;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;

/** Makes frames of one encoding with random layers, and writes their packets as the codec wants them. */
interface Encoder {
    /** The frames of the next picture, lowest layer first. */
    List<SourceFrame> next(int firstId, boolean key, int timestamp, Random random);

    /** Writes the descriptor of packet {@code index} of a frame; answers its bytes. */
    int describe(SourceFrame frame, int index, MemorySegment memory, int at);

    /** Adds what the codec has in header extensions. */
    default void extend(SourceFrame frame, int index, ExtensionWriter extensions) {}
}
