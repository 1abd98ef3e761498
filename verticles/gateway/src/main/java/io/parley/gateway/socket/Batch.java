package io.parley.gateway.socket;

import com.google.protobuf.CodedOutputStream;
import io.vertx.core.buffer.Buffer;

/** Frames that share one WebSocket message. The encoded frames are copied, never changed. */
final class Batch {
    private final Encoding encoding;
    private final Buffer message = Buffer.buffer();

    Batch(Encoding encoding, Buffer first) {
        this.encoding = encoding;
        if (encoding == Encoding.JSON) {
            message.appendByte((byte) '[').appendBuffer(first);
        } else {
            delimited(message, first);
        }
    }

    /** One frame as a message: in JSON the very buffer that all its recipients share. */
    static Buffer alone(Encoding encoding, Buffer frame) {
        return encoding == Encoding.JSON ? frame : delimited(Buffer.buffer(frame.length() + 5), frame);
    }

    void add(Buffer frame) {
        if (encoding == Encoding.JSON) {
            message.appendByte((byte) ',').appendBuffer(frame);
        } else {
            delimited(message, frame);
        }
    }

    Buffer end() {
        return encoding == Encoding.JSON ? message.appendByte((byte) ']') : message;
    }

    private static Buffer delimited(Buffer to, Buffer frame) {
        int length = frame.length();
        for (int i = CodedOutputStream.computeUInt32SizeNoTag(length); i > 1; i--) {
            to.appendByte((byte) ((length & 0x7f) | 0x80));
            length >>>= 7;
        }
        return to.appendByte((byte) length).appendBuffer(frame);
    }
}
