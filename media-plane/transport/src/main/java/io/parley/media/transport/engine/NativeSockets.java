package io.parley.media.transport.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.parley.media.rtp.memory.Bytes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The UDP sockets of one shard and its alarm, as descriptors: opened, waited for, closed. */
final class NativeSockets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NativeSockets.class);
    private static final int DATAGRAM = 2 | 0x800 | 0x8_0000; // non-blocking, not inherited by children
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_REUSEPORT = 15;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final int EVENT_FLAGS = 0x800 | 0x8_0000;
    private static final int BUFFER_BYTES = 8 << 20;
    private static final int POLL_BYTES = 8;
    private static final short READABLE = 1;
    private static final short WRITABLE = 4;

    private final Posix posix;
    private final int[] sockets;
    private final int[] families;
    private final int alarm;
    private final MemorySegment polled;
    private final MemorySegment patience;
    private final MemorySegment scratch;
    private boolean segmentation = true;
    private int port;

    private NativeSockets(Posix posix, Arena arena, int count) {
        this.posix = posix;
        sockets = new int[count];
        families = new int[count];
        polled = arena.allocate((long) (count + 1) * POLL_BYTES, 8);
        patience = arena.allocate(16, 8);
        scratch = arena.allocate(SocketAddresses.BYTES + 8L, 8);
        alarm = posix.eventDescriptor(EVENT_FLAGS);
    }

    /** Binds a socket for each address; port 0 lets the system choose, the same for all. */
    static NativeSockets open(Posix posix, Arena arena, List<InetAddress> addresses, int port, boolean shared)
            throws IOException {
        var opened = new NativeSockets(posix, arena, addresses.size());
        opened.port = port;
        Arrays.fill(opened.sockets, -1);
        try {
            for (int i = 0; i < addresses.size(); i++) {
                opened.bind(i, addresses.get(i), shared);
            }
        } catch (IOException failure) {
            opened.close();
            throw failure;
        }
        return opened;
    }

    private void bind(int index, InetAddress address, boolean shared) throws IOException {
        boolean sixth = address instanceof Inet6Address;
        families[index] = sixth ? SocketAddresses.IPV6 : SocketAddresses.IPV4;
        int socket = posix.socket(families[index], DATAGRAM);
        check(socket, "socket");
        sockets[index] = socket;
        if (shared) {
            check(option(socket, SOL_SOCKET, SO_REUSEPORT, 1), "SO_REUSEPORT");
        }
        if (sixth) {
            check(option(socket, IPPROTO_IPV6, IPV6_V6ONLY, address.isAnyLocalAddress() ? 0 : 1), "IPV6_V6ONLY");
        }
        widen(socket, SO_RCVBUFFORCE, SO_RCVBUF);
        widen(socket, SO_SNDBUFFORCE, SO_SNDBUF);
        segmentation &= option(socket, SOL_UDP, UDP_SEGMENT, 0) == 0;
        var ip = MemorySegment.ofArray(address.getAddress());
        long high = sixth ? Bytes.i64(ip, 0) : 0;
        long low = sixth ? Bytes.i64(ip, 8) : Bytes.u32(ip, 0);
        int bytes = SocketAddresses.write(scratch, 0, families[index], high, low, port);
        check(posix.bind(socket, scratch.address(), bytes), "bind to " + address.getHostAddress() + " port " + port);
        scratch.set(JAVA_INT, SocketAddresses.BYTES, SocketAddresses.BYTES);
        long length = scratch.address() + SocketAddresses.BYTES;
        check(posix.socketName(socket, scratch.address(), length), "getsockname");
        port = SocketAddresses.port(scratch, 0);
    }

    /** Beyond the system's limit where we may; a burst that does not fit is lost. */
    private void widen(int socket, int forced, int polite) {
        if (option(socket, SOL_SOCKET, forced, BUFFER_BYTES) < 0) {
            option(socket, SOL_SOCKET, polite, BUFFER_BYTES);
        }
    }

    private int option(int socket, int level, int name, int value) {
        scratch.set(JAVA_INT, SocketAddresses.BYTES, value);
        return posix.option(socket, level, name, scratch.address() + SocketAddresses.BYTES);
    }

    private static void check(int result, String what) throws IOException {
        if (result < 0) {
            throw new IOException(what + " failed with error " + -result);
        }
    }

    int count() {
        return sockets.length;
    }

    int socket(int index) {
        return sockets[index];
    }

    int family(int index) {
        return families[index];
    }

    int port() {
        return port;
    }

    /** Whether the system cuts runs into datagrams (UDP_SEGMENT, Linux 4.18). */
    boolean hasSegmentation() {
        return segmentation;
    }

    /** Waits for a packet or the alarm, at most {@code waitNanos}. */
    void awaitPacket(long waitNanos) {
        for (int i = 0; i < sockets.length; i++) {
            watch(i, sockets[i], READABLE);
        }
        watch(sockets.length, alarm, READABLE);
        if (poll(sockets.length + 1, waitNanos) > 0
                && polled.get(JAVA_SHORT, (long) sockets.length * POLL_BYTES + 6) != 0) {
            posix.readEvent(alarm, scratch.address());
        }
    }

    /** Waits until the socket takes data again, at most {@code waitNanos}; whether it does. */
    boolean awaitRoom(int socket, long waitNanos) {
        watch(0, socket, WRITABLE);
        return poll(1, waitNanos) > 0;
    }

    private void watch(int index, int descriptor, short events) {
        polled.set(JAVA_INT, (long) index * POLL_BYTES, descriptor);
        polled.set(JAVA_SHORT, (long) index * POLL_BYTES + 4, events);
        polled.set(JAVA_SHORT, (long) index * POLL_BYTES + 6, (short) 0);
    }

    private int poll(int count, long waitNanos) {
        patience.set(JAVA_LONG, 0, waitNanos / 1_000_000_000L);
        patience.set(JAVA_LONG, 8, waitNanos % 1_000_000_000L);
        return posix.poll(polled.address(), count, patience.address());
    }

    /** Ends a wait for packets, now or the next. Any thread, with calls of its own. */
    void ring(Posix callers) {
        callers.writeEvent(alarm);
    }

    @Override
    public void close() {
        for (int socket : sockets) {
            if (socket >= 0 && posix.close(socket) < 0) {
                LOG.warn("a media socket could not be closed");
            }
        }
        posix.close(alarm);
    }
}
