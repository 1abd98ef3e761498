package io.parley.media.sfu.room;

/** What was sent to one participant, and what was not. Plain longs of one owner. */
final class EgressCounters {
    long packets;
    long bytes;
    long resent;
    long resentBytes;
    long unresendable;
    long probes;
    long probeBytes;
    /** Dropped because too much waited. */
    long overflows;
    /** Gone from the ring, too long, or of a codec that the receiver does not know. */
    long unbuilt;
    /** The transport did not take it. */
    long refused;
}
