package io.parley.media.transport.engine;

import io.parley.media.rtp.memory.Bytes;
import io.parley.media.transport.memory.PacketOrigin;
import io.parley.media.transport.memory.ReplyStream;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One way to a peer: a socket of ours and an address of its, or a connection. One owner, the peer's shard. */
public final class RemotePath {
    private final int socket;
    private final long high;
    private final long low;
    private final int port;
    private final InetSocketAddress address;
    private final @Nullable ReplyStream stream;

    /** The chain of this path's datagrams in the batch with this number. */
    int batch = -1;

    int first;
    int last;

    private boolean plain;

    public RemotePath(PacketOrigin origin) {
        socket = origin.socket();
        high = origin.high();
        low = origin.low();
        port = origin.port();
        stream = origin.stream();
        address = socketAddress(ip(), port);
    }

    public boolean isFrom(PacketOrigin origin) {
        return origin.low() == low
                && origin.port() == port
                && origin.high() == high
                && origin.socket() == socket
                && Objects.equals(origin.stream(), stream);
    }

    /** The 4 or 16 bytes of the address. */
    public byte[] ip() {
        var bytes = MemorySegment.ofArray(new byte[16]);
        Bytes.put64(bytes, 0, high);
        Bytes.put64(bytes, 8, low);
        boolean four = isIpv4();
        byte[] ip = new byte[four ? 4 : 16];
        MemorySegment.copy(bytes, four ? 12 : 0, MemorySegment.ofArray(ip), 0, ip.length);
        return ip;
    }

    public boolean isIpv4() {
        return PacketOrigin.isMapped(high, low);
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    public int port() {
        return port;
    }

    /** The index of the socket, {@link PacketOrigin#NO_SOCKET} for a connection. */
    public int socket() {
        return socket;
    }

    /** The connection that this path is, null for datagrams. */
    public @Nullable ReplyStream stream() {
        return stream;
    }

    /** Whether the system refused to cut runs for this path. */
    boolean isPlain() {
        return plain;
    }

    void setPlain() {
        plain = true;
    }

    public InetSocketAddress address() {
        return address;
    }

    private static InetSocketAddress socketAddress(byte[] ip, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip), port);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 and 16 bytes are addresses", impossible);
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
