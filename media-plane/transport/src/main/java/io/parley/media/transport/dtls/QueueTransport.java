package io.parley.media.transport.dtls;

import io.parley.media.transport.Limits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/** Datagrams that come through a bounded queue and leave through a {@link DtlsSession.Wire}. */
final class QueueTransport implements DatagramTransport {
    /** Fits any path (IPv6's least MTU of 1,280 bytes less headers, and tunnels). */
    private static final int SEND_LIMIT = 1_200;

    private static final int RECEIVE_LIMIT = 2_048;
    private static final byte[] END = {};
    private static final int TIMED_OUT = -1;

    private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(Limits.HANDSHAKE_DATAGRAMS);
    private final DtlsSession.Wire wire;
    private volatile boolean ended;
    private volatile boolean established;

    QueueTransport(DtlsSession.Wire wire) {
        this.wire = wire;
    }

    void offer(byte[] datagram) {
        boolean _ = incoming.offer(datagram);
    }

    /** Makes the reader see the end soon, behind nothing that still waits. */
    void end() {
        ended = true;
        incoming.clear();
        boolean _ = incoming.offer(END);
    }

    /** From now on the end is an interruption, after which the reader can still say good-bye. */
    void established() {
        established = true;
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        try {
            byte[] datagram = ended ? END : incoming.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (ended && established) {
                throw new InterruptedIOException("closed"); // its caller passes this on and stays able to send
            }
            if (ended) {
                throw new IOException("it was closed");
            }
            if (datagram == null) {
                return TIMED_OUT;
            }
            int copied = Math.min(length, datagram.length);
            System.arraycopy(datagram, 0, buffer, offset, copied);
            return copied;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        wire.send(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    /** Nothing to free: the socket is shared by all. */
    @Override
    public void close() {
        ended = true;
    }
}
