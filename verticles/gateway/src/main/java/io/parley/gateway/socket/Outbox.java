package io.parley.gateway.socket;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;

/**
 * What waits to be written to one socket. Everything added within one turn of the event loop leaves as one message.
 * Bounded in bytes: pushes that may be lost go first, then the reader counts as slow. Owned by the event loop of its
 * socket.
 */
final class Outbox {
    /** A batch is cut here so that one message never holds up a socket's memory as a whole. */
    private static final int BATCH_BYTES = 256 * 1024;

    private final Context context;
    private final ClientSocket socket;
    private final SocketLimits limits;
    private final SocketMeters meters;
    private final Runnable whenSlow;
    private final ArrayDeque<SharedFrame> queue = new ArrayDeque<>(2);
    private long pushBytes;
    private long replyBytes;
    private boolean flushing;
    private boolean closed;

    Outbox(Context context, ClientSocket socket, SocketLimits limits, SocketMeters meters, Runnable whenSlow) {
        this.context = context;
        this.socket = socket;
        this.limits = limits;
        this.meters = meters;
        this.whenSlow = whenSlow;
    }

    void add(SharedFrame frame) {
        if (closed) {
            return;
        }
        int bytes = frame.encoded(socket.encoding()).length();
        if (frame.frame().hasPush()) {
            if (frame.ephemeral() && pushBytes + bytes > limits.ephemeralBytesMax()) {
                meters.coalesced();
                return;
            } else if (pushBytes > 0 && pushBytes + bytes > limits.pendingBytesMax()) {
                whenSlow.run();
                return;
            }
            pushBytes += bytes;
        } else {
            replyBytes += bytes;
            if (replyBytes > limits.replyBytesMax() && replyBytes > bytes) {
                whenSlow.run();
                return;
            }
        }
        queue.add(frame);
        if (!flushing) {
            flushing = true;
            context.runOnContext(_ -> flush());
        }
    }

    /** Bytes of answers that the peer has not taken yet: a reason to read no more questions. */
    boolean isBehindWithReplies() {
        return replyBytes > limits.pendingBytesMax();
    }

    /** Writes what there is, now: a goodbye must not overtake it. */
    void flush() {
        flushing = false;
        while (!queue.isEmpty() && !closed) {
            writeBatch();
        }
    }

    /** Nothing is written afterwards. */
    void close() {
        closed = true;
        queue.clear();
    }

    private void writeBatch() {
        SharedFrame first = queue.remove();
        Buffer encoded = first.encoded(socket.encoding());
        long pushes = first.frame().hasPush() ? encoded.length() : 0;
        long replies = encoded.length() - pushes;
        int frames = 1;
        Batch batch = null;
        while (!queue.isEmpty() && pushes + replies < BATCH_BYTES) {
            SharedFrame next = queue.remove();
            Buffer more = next.encoded(socket.encoding());
            if (batch == null) {
                batch = new Batch(socket.encoding(), encoded);
            }
            batch.add(more);
            if (next.frame().hasPush()) {
                pushes += more.length();
            } else {
                replies += more.length();
            }
            frames++;
        }
        long pushesWritten = pushes;
        long repliesWritten = replies;
        Buffer message = batch == null ? Batch.alone(socket.encoding(), encoded) : batch.end();
        meters.sent(frames, message.length());
        socket.write(message)
                .onComplete(_ -> written(pushesWritten, repliesWritten), _ -> written(pushesWritten, repliesWritten));
    }

    private void written(long pushes, long replies) {
        pushBytes -= pushes;
        replyBytes -= replies;
    }
}
