package io.parley.media.transport.memory;

import org.jspecify.annotations.Nullable;

/** Where a received packet came from. IPv4 addresses are the mapped IPv6 ones (RFC 4291 section 2.5.5.2). */
public final class PacketOrigin {
    /** The socket of what came on a connection. */
    public static final int NO_SOCKET = -1;

    private static final long MAPPED = 0xffffL << 32;

    private long high;
    private long low;
    private int port;
    private int socket;
    private long arrivalNanos;
    private @Nullable ReplyStream stream;

    PacketOrigin() {}

    /** Says where the packet came from, and on which of its shard's sockets. */
    public void set(long newHigh, long newLow, int newPort, int newSocket) {
        high = newHigh;
        low = newLow;
        port = newPort;
        socket = newSocket;
        stream = null;
    }

    /** Says that the packet came on a connection. */
    public void setStream(long newHigh, long newLow, int newPort, ReplyStream newStream) {
        set(newHigh, newLow, newPort, NO_SOCKET);
        stream = newStream;
    }

    public void setArrivalNanos(long nanos) {
        arrivalNanos = nanos;
    }

    /** The low half of the mapped address of an IPv4 address. */
    public static long mapped(int address) {
        return MAPPED | Integer.toUnsignedLong(address);
    }

    public static boolean isMapped(long high, long low) {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /** The first eight bytes of the address. */
    public long high() {
        return high;
    }

    /** The last eight bytes of the address. */
    public long low() {
        return low;
    }

    public int port() {
        return port;
    }

    /** The connection that the packet came on, null for a datagram. */
    public @Nullable ReplyStream stream() {
        return stream;
    }

    /** Which of its shard's sockets the packet arrived on; {@link #NO_SOCKET} for one of a connection. */
    public int socket() {
        return socket;
    }

    /** When its shard received it, by {@code System.nanoTime}. */
    public long arrivalNanos() {
        return arrivalNanos;
    }
}
