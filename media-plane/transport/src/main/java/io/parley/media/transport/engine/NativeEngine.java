package io.parley.media.transport.engine;

import io.parley.media.transport.Limits;
import io.parley.media.transport.memory.PacketBuffer;
import io.parley.media.transport.memory.PacketPool;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Linux's system calls through the foreign-function API: many datagrams per call both ways, and runs to one receiver as
 * one message that the system cuts up (UDP_SEGMENT), which is what makes sending cheap.
 */
public final class NativeEngine implements DatagramEngine {
    private static final int DONT_WAIT = 0x40;

    /** Linux takes 64 segments (128 since 6.9) and 65,507 bytes, headers included. */
    private static final int SEGMENTS = 60;

    private static final int RUN_BYTES = 64_000;
    private static final long ROOM_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Arena arena = Arena.ofShared();
    private final Posix posix = new Posix(arena);
    private final Posix wakers = new Posix(arena);
    private final PacketPool pool;
    private final NativeSockets sockets;
    private final EngineCounters counters = new EngineCounters();
    private final Messages incoming = new Messages(arena, Limits.RECEIVE_BATCH, Limits.RECEIVE_BATCH);
    private final Messages outgoing = new Messages(arena, Limits.SEND_BATCH, Limits.SEND_BATCH);
    private final int[] outgoingPackets = new int[Limits.SEND_BATCH];
    private final RemotePath[] outgoingPaths = new RemotePath[Limits.SEND_BATCH];
    private final @Nullable PacketBuffer[] received = new PacketBuffer[Limits.RECEIVE_BATCH];
    /** Messages up to here have to be made ready before the next call. */
    private int used = Limits.RECEIVE_BATCH;

    private boolean segmentation;
    private boolean waited;

    /** Binds a socket for each address; port 0 lets the system choose, the same for all. */
    public NativeEngine(List<InetAddress> addresses, int port, boolean shared, PacketPool pool) throws IOException {
        this.pool = pool;
        try {
            sockets = NativeSockets.open(posix, arena, addresses, port, shared);
        } catch (IOException failure) {
            arena.close();
            throw failure;
        }
        segmentation = sockets.hasSegmentation();
    }

    /** Whether this machine can run it. */
    public static boolean isAvailable() {
        return Posix.isAvailable();
    }

    @Override
    public String name() {
        return segmentation ? "native with segmentation" : "native";
    }

    @Override
    public int port() {
        return sockets.port();
    }

    @Override
    public int receive(long waitNanos) {
        int room = refill();
        int count = drain(room);
        if (count == 0 && waitNanos > 0) {
            sockets.awaitPacket(waitNanos);
            count = drain(room);
        }
        used = Math.max(used, count);
        counters.received += count;
        return count;
    }

    /** Puts buffers where some were used; how many messages have one. The others are as they were. */
    private int refill() {
        for (int i = 0; i < used; i++) {
            var packet = received[i];
            if (packet == null) {
                packet = pool.take();
                if (packet == null) {
                    counters.noBuffer++;
                    return i;
                }
                received[i] = packet;
            }
            incoming.receive(i, packet.memory().address(), PacketPool.PACKET_BYTES);
        }
        used = 0;
        return received.length;
    }

    private int drain(int room) {
        int count = 0;
        for (int i = 0; i < sockets.count() && count < room; i++) {
            int got = posix.receive(sockets.socket(i), incoming.address(count), room - count, DONT_WAIT);
            for (int end = count + Math.max(got, 0); count < end; count++) {
                read(count, i);
            }
        }
        return count;
    }

    private void read(int index, int socket) {
        var packet = received[index];
        if (packet == null) {
            throw new IllegalStateException("a datagram without a buffer");
        }
        boolean whole = !incoming.isTruncated(index);
        packet.range(0, whole ? incoming.length(index) : 0); // an empty packet is dropped by whoever sorts them
        if (!whole) {
            counters.truncated++;
        }
        SocketAddresses.read(incoming.addresses(), incoming.addressAt(index), packet.origin(), socket);
    }

    @Override
    public PacketBuffer take(int index) {
        var packet = received[index];
        received[index] = null;
        if (packet == null) {
            throw new IllegalStateException("datagram " + index + " was taken before");
        }
        return packet;
    }

    @Override
    public void send(SendBatch batch) {
        for (int socket = 0; socket < sockets.count(); socket++) {
            outgoing.clear();
            int messages = 0;
            for (int i = 0; i < batch.pathCount(); i++) {
                if (batch.path(i).socket() == socket) {
                    messages = compose(batch, i, messages);
                }
            }
            sendAll(sockets.socket(socket), messages);
        }
    }

    /** Makes the messages to one receiver, from index {@code message} on, and returns the index behind them. */
    private int compose(SendBatch batch, int pathIndex, int message) {
        var path = batch.path(pathIndex);
        int at = message;
        int slot = batch.first(pathIndex);
        while (slot != SendBatch.END) {
            int family = sockets.family(path.socket());
            int nameBytes = SocketAddresses.write(
                    outgoing.addresses(), outgoing.addressAt(at), family, path.high(), path.low(), path.port());
            outgoing.begin(at, nameBytes);
            outgoingPaths[at] = path;
            slot = composeRun(batch, slot, at);
            at++;
        }
        return at;
    }

    /** Puts datagrams of one length, and at last perhaps a shorter one, into a message; the slot behind them. */
    private int composeRun(SendBatch batch, int first, int message) {
        int size = batch.length(first);
        int most = segmentation && !outgoingPaths[message].isPlain() ? Math.min(SEGMENTS, RUN_BYTES / size) : 1;
        int count = 0;
        int slot = first;
        while (slot != SendBatch.END && count < most && batch.length(slot) <= size) {
            int length = batch.length(slot);
            outgoing.piece(message, batch.memory().address() + batch.at(slot), length);
            count++;
            slot = batch.next(slot);
            if (length < size) {
                break;
            }
        }
        if (count > 1) {
            outgoing.segment(message, size);
        }
        outgoingPackets[message] = count;
        return slot;
    }

    private void sendAll(int socket, int messages) {
        int done = 0;
        waited = false;
        while (done < messages) {
            int result = posix.send(socket, outgoing.address(done), messages - done);
            counters.sendCalls++;
            if (result > 0) {
                for (int end = done + result; done < end; done++) {
                    counters.sent += outgoingPackets[done];
                }
            } else {
                done = refused(socket, done, messages, -result);
            }
        }
    }

    /** What to do when the first message left was not taken; the index of the next to be tried. */
    private int refused(int socket, int message, int messages, int error) {
        if (error == Posix.EINTR) {
            return message;
        }
        if (error == Posix.EAGAIN || error == Posix.ENOBUFS) {
            if (!waited && sockets.awaitRoom(socket, ROOM_NANOS)) {
                waited = true; // once for each batch, or a full network would hold up all peers
                return message;
            }
            for (int i = message; i < messages; i++) { // the network is slower than we are: late media is worth nothing
                counters.unsent += outgoingPackets[i];
            }
            return messages;
        }
        boolean run = outgoingPackets[message] > 1;
        if (run && (error == Posix.EINVAL || error == Posix.EIO)) {
            outgoingPaths[message]
                    .setPlain(); // this route cannot: its links want smaller packets, or its device lacks it
            sendSingly(socket, message);
        } else {
            counters.unsent += outgoingPackets[message]; // no route, or the like: as good as lost on the way
        }
        return message + 1;
    }

    private void sendSingly(int socket, int message) {
        long firstPiece = outgoing.firstPiece(message);
        for (int i = 0; i < outgoingPackets[message]; i++) {
            outgoing.narrow(message, firstPiece, i);
            counters.sendCalls++;
            if (posix.send(socket, outgoing.address(message), 1) > 0) {
                counters.sent++;
            } else {
                counters.unsent++;
            }
        }
    }

    /** Several threads may ring at once: what they share is only where an error number would go. */
    @Override
    public void wake() {
        sockets.ring(wakers);
    }

    @Override
    public EngineCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        for (int i = 0; i < received.length; i++) {
            var packet = received[i];
            if (packet != null) {
                packet.release();
                received[i] = null;
            }
        }
        sockets.close();
        arena.close();
    }
}
