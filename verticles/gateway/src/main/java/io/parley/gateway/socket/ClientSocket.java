package io.parley.gateway.socket;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * What the gateway needs of a WebSocket, and no more, so that its implementation can change. Used on the event loop of
 * its connection only.
 */
public interface ClientSocket {
    Encoding encoding();

    /**
     * Sends one message of this socket's encoding; the buffer is shared and stays unchanged. Completes when it left.
     */
    Future<Void> write(Buffer message);

    /** Stops reading until {@link #resume()}: the peer feels it as back-pressure. */
    void pause();

    void resume();

    /** Says goodbye and closes; the connection is cut when the peer does not answer in time. */
    void close(int code, String reason);

    /** Cuts the connection without a word. */
    void cut();
}
