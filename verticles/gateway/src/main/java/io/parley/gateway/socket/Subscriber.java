package io.parley.gateway.socket;

import io.vertx.core.Context;

/** Something that listens to streams: one connection. Identity is equality; its state belongs to its context. */
public interface Subscriber {
    /** The event loop that owns this subscriber. */
    Context context();

    /**
     * Takes a frame for delivery. Call it on {@link #context()} only; the order of calls is the order on the wire.
     * Never blocks and never fails: a socket that is closed or too slow takes care of itself.
     */
    void deliver(SharedFrame frame);

    /**
     * Closes the socket with {@code closeCode}: a stream of it cannot be continued, and its client has to resume. On
     * {@link #context()} only. {@link io.parley.gateway.streams.Streams#drop} follows as after any other end.
     */
    void disconnect(int closeCode, String reason);
}
