package io.parley.gateway.streams;

import io.parley.gateway.socket.SharedFrame;
import io.parley.gateway.socket.Subscriber;
import io.parley.schema.v1.Frame;
import io.parley.schema.v1.Push;
import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A socket that remembers what it was given. */
final class RecordingSubscriber implements Subscriber {
    private final Context context;
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private volatile int closeCode;

    RecordingSubscriber(Context context) {
        this.context = context;
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public void deliver(SharedFrame frame) {
        frames.add(frame.frame());
    }

    @Override
    public void disconnect(int code, String reason) {
        closeCode = code;
    }

    int closeCode() {
        return closeCode;
    }

    List<Frame> frames() {
        return frames;
    }

    List<Push> pushes() {
        return frames.stream().filter(Frame::hasPush).map(Frame::getPush).toList();
    }

    /** Offsets of the pushes with a place in their stream. */
    List<Long> offsets() {
        return pushes().stream()
                .map(Push::getOffset)
                .filter(offset -> offset > 0)
                .toList();
    }
}
