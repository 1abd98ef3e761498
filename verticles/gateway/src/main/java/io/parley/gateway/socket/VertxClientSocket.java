package io.parley.gateway.socket;

import io.netty.buffer.ByteBuf;
import io.parley.schema.Limits;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@link ClientSocket} on Vert.x's WebSocket; puts fragmented messages together. Owned by its event loop. */
final class VertxClientSocket implements ClientSocket {
    private final ServerWebSocket socket;
    private final Encoding encoding;
    private final Consumer<Buffer> messages;
    private @Nullable Buffer fragments;
    private boolean closing;

    VertxClientSocket(ServerWebSocket socket, Encoding encoding, Consumer<Buffer> messages) {
        this.socket = socket;
        this.encoding = encoding;
        this.messages = messages;
        socket.frameHandler(this::onFrame);
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public Future<Void> write(Buffer message) {
        ByteBuf bytes = ((BufferInternal) message).getByteBuf();
        WebSocketFrameType type = encoding == Encoding.JSON ? WebSocketFrameType.TEXT : WebSocketFrameType.BINARY;
        return socket.writeFrame(new WebSocketFrameImpl(type, bytes, true));
    }

    @Override
    public void pause() {
        socket.pause();
    }

    @Override
    public void resume() {
        socket.resume();
    }

    @Override
    public void close(int code, String reason) {
        if (!closing) {
            closing = true;
            socket.close((short) code, reason);
        }
    }

    @Override
    public void cut() {
        closing = true;
        socket.close();
    }

    private void onFrame(WebSocketFrame frame) {
        if (closing || frame.isClose() || frame.isPing()) {
            return;
        }
        boolean begins = frame.isText() || frame.isBinary();
        if (begins && frame.isText() != (encoding == Encoding.JSON)) {
            close(CloseCodes.BAD_PROTOCOL, "this subprotocol has the other kind of message");
        } else if (begins && frame.isFinal()) {
            messages.accept(frame.binaryData());
        } else if (begins) {
            fragments = Buffer.buffer().appendBuffer(frame.binaryData());
        } else if (frame.isContinuation() && fragments != null) {
            continued(fragments.appendBuffer(frame.binaryData()), frame.isFinal());
        }
    }

    private void continued(Buffer whole, boolean last) {
        if (whole.length() > Limits.CLIENT_MESSAGE_BYTES_MAX) {
            fragments = null;
            close(CloseCodes.TOO_BIG, "the message is too big");
        } else if (last) {
            fragments = null;
            messages.accept(whole);
        }
    }
}
