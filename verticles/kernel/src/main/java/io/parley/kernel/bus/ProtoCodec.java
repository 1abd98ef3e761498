package io.parley.kernel.bus;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Carries a protobuf message as its bytes between nodes, and as itself inside one: generated messages are immutable, so
 * both sides may share an instance. Thread-safe. The name on the wire is the Java class's simple name, stable within a
 * release line.
 */
final class ProtoCodec<T extends MessageLite> implements MessageCodec<T, T> {
    private final T prototype;

    ProtoCodec(T prototype) {
        this.prototype = prototype;
    }

    static String nameOf(MessageLite prototype) {
        return "parley." + prototype.getClass().getSimpleName();
    }

    @Override
    public void encodeToWire(Buffer buffer, T message) {
        byte[] bytes = message.toByteArray();
        buffer.appendInt(bytes.length).appendBytes(bytes);
    }

    @Override
    @SuppressWarnings("unchecked") // a parser gives the type of the prototype it came from
    public T decodeFromWire(int position, Buffer buffer) {
        int length = buffer.getInt(position);
        byte[] bytes = buffer.getBytes(position + Integer.BYTES, position + Integer.BYTES + length);
        try {
            return (T) prototype.getParserForType().parseFrom(bytes);
        } catch (InvalidProtocolBufferException broken) {
            throw new ContractException("not a " + name() + ": " + broken.getMessage(), broken);
        }
    }

    @Override
    public T transform(T message) {
        return message;
    }

    @Override
    public String name() {
        return nameOf(prototype);
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
