package io.parley.media.transport.memory;

import java.lang.foreign.MemorySegment;

/** A connection that packets come on, and go back on. */
public interface ReplyStream {
    /** Queues a packet, copied; false, and it is lost, when the connection is too slow for us. Never waits. */
    boolean send(MemorySegment memory, int at, int length);
}
