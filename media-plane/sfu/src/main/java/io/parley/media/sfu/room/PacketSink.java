package io.parley.media.sfu.room;

import java.lang.foreign.MemorySegment;

/**
 * The way to one participant: a packet is written where {@link #reserve} says, encrypted there and sent from there at
 * the end of the turn. The shape of the transport's peer, so that a node adapts one to the other in four lines and
 * tests need no socket.
 */
public interface PacketSink {
    /** Where {@link #reserve} gives positions in. */
    MemorySegment memory();

    /** The most bytes of one packet. */
    int capacity();

    /** Where the next packet may be written, up to {@link #capacity} bytes; asked for again before each packet. */
    int reserve();

    /** Sends the RTP packet written at the position reserved last; false when the participant cannot be reached. */
    boolean sendRtp(int length);

    /** As {@link #sendRtp} for a compound RTCP packet. */
    boolean sendRtcp(int length);
}
