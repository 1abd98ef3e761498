package io.parley.media.sfu.forward;

import io.parley.media.sfu.ingest.Encoding;
import org.jspecify.annotations.Nullable;

/** One packet that is about to be built, by reference to the ring. A flyweight of its room. */
final class OutgoingPacket {
    @Nullable
    Encoding encoding;

    int index;
    int sequence;
    int timestamp;
    long word;
    boolean marker;
    boolean filler;
}
