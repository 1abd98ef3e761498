package io.parley.gateway.socket;

import io.parley.gateway.contract.JsonWriter;
import io.parley.schema.v1.Ctl;
import io.parley.schema.v1.Frame;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.Reply;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One frame for any number of sockets: encoded at most once per encoding (a race may encode twice, never wrongly), and
 * the same buffer goes to all. Thread-safe. The buffers must not be changed.
 */
public final class SharedFrame {
    private final Frame frame;
    private volatile @Nullable Buffer json;
    private volatile @Nullable Buffer proto;

    private SharedFrame(Frame frame) {
        this.frame = frame;
    }

    public static SharedFrame of(Push push) {
        return new SharedFrame(Frame.newBuilder().setPush(push).build());
    }

    public static SharedFrame of(Ctl ctl) {
        return new SharedFrame(Frame.newBuilder().setCtl(ctl).build());
    }

    public static SharedFrame of(Reply reply) {
        return new SharedFrame(Frame.newBuilder().setReply(reply).build());
    }

    public Frame frame() {
        return frame;
    }

    /** True for pushes without a place in their stream: a socket that cannot keep up loses these first. */
    public boolean ephemeral() {
        return frame.hasPush() && frame.getPush().getOffset() == 0;
    }

    /** The frame alone, without array brackets or length prefix. */
    public Buffer encoded(Encoding encoding) {
        Buffer known = encoding == Encoding.JSON ? json : proto;
        return known != null ? known : encode(encoding);
    }

    private Buffer encode(Encoding encoding) {
        return switch (encoding) {
            case JSON -> {
                Buffer made = Buffer.buffer(JsonWriter.bytes(frame));
                json = made;
                yield made;
            }
            case PROTO -> {
                Buffer made = Buffer.buffer(frame.toByteArray());
                proto = made;
                yield made;
            }
        };
    }
}
