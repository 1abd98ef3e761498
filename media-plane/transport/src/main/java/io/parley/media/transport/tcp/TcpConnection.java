package io.parley.media.transport.tcp;

import io.parley.media.rtp.memory.Bytes;
import io.parley.media.rtp.stun.StunMessage;
import io.parley.media.transport.Limits;
import io.parley.media.transport.memory.PacketBuffer;
import io.parley.media.transport.memory.PacketOrigin;
import io.parley.media.transport.memory.PacketPool;
import io.parley.media.transport.memory.ReplyStream;
import io.parley.schema.Clock;
import io.parley.schema.SystemClock;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: a thread that reads frames, and one that writes what is queued. */
final class TcpConnection implements ReplyStream {
    private static final Clock CLOCK = new SystemClock();

    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);
    private static final int BUFFER_BYTES = 32 << 10;
    private static final byte[] END = {};

    private final Socket socket;
    private final TcpEdge edge;
    private final BlockingQueue<byte[]> outgoing = new ArrayBlockingQueue<>(Limits.STREAM_QUEUE);
    private final byte[] frame = new byte[PacketPool.PACKET_BYTES];
    private final Thread reader = Thread.ofVirtual().name("media-tcp-read").unstarted(this::read);
    private final Thread writer = Thread.ofVirtual().name("media-tcp-write").unstarted(this::write);

    TcpConnection(Socket socket, TcpEdge edge) {
        this.socket = socket;
        this.edge = edge;
    }

    void start() throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Limits.STREAM_SILENCE.toMillis());
        reader.start();
        writer.start();
    }

    @Override
    public boolean send(MemorySegment memory, int at, int length) {
        return outgoing.offer(memory.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE));
    }

    private void read() {
        try (var input = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES))) {
            int first = readFrame(input);
            var check = new StunMessage();
            var taker = check.parse(MemorySegment.ofArray(frame), 0, first)
                    ? edge.router().route(check)
                    : Optional.<Consumer<PacketBuffer>>empty();
            if (taker.isPresent()) {
                for (int length = first; ; length = readFrame(input)) {
                    hand(taker.get(), length);
                }
            }
        } catch (IOException end) {
            LOG.debug("a media connection from {} ended: {}", socket.getRemoteSocketAddress(), end.getMessage());
        } finally {
            close();
        }
    }

    /** Reads a frame into {@link #frame} and returns its length; one that is too long ends the connection. */
    private int readFrame(DataInputStream input) throws IOException {
        int length = input.readUnsignedShort();
        if (length > frame.length) {
            throw new IOException("a frame of " + length + " bytes");
        }
        input.readFully(frame, 0, length);
        return length;
    }

    private void hand(Consumer<PacketBuffer> taker, int length) {
        var packet = edge.takeBuffer();
        if (packet == null) {
            return; // as lost on the way
        }
        Bytes.copy(frame, packet.memory(), 0, length);
        packet.range(0, length);
        var ip = MemorySegment.ofArray(socket.getInetAddress().getAddress());
        boolean four = ip.byteSize() == 4;
        long high = four ? 0 : Bytes.i64(ip, 0);
        long low = four ? PacketOrigin.mapped(Bytes.i32(ip, 0)) : Bytes.i64(ip, 8);
        packet.origin().setStream(high, low, socket.getPort(), this);
        packet.origin().setArrivalNanos(CLOCK.monoNanos());
        taker.accept(packet);
    }

    private void write() {
        try (var output = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES))) {
            for (byte[] next = outgoing.take(); next.length > 0; next = outgoing.take()) {
                output.writeShort(next.length);
                output.write(next);
                if (outgoing.isEmpty()) {
                    output.flush();
                }
            }
        } catch (IOException end) {
            LOG.debug("a media connection to {} broke: {}", socket.getRemoteSocketAddress(), end.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** Ends both threads. Idempotent. */
    private void close() {
        edge.ended(this);
        outgoing.clear();
        boolean _ = outgoing.offer(END);
        try {
            socket.close();
        } catch (IOException failure) {
            LOG.debug("a media connection could not be closed: {}", failure.getMessage());
        }
    }

    /** Ends the connection and waits until no thread touches a packet any more. */
    void closeAndWait() {
        close();
        try {
            boolean _ = reader.join(Limits.FAREWELL);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
