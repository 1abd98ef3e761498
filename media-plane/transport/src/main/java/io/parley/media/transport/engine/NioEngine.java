package io.parley.media.transport.engine;

import io.parley.media.rtp.memory.Bytes;
import io.parley.media.transport.Limits;
import io.parley.media.transport.memory.PacketBuffer;
import io.parley.media.transport.memory.PacketOrigin;
import io.parley.media.transport.memory.PacketPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Channels of the JDK: works everywhere, one system call per datagram, and an object for each new sender. */
public final class NioEngine implements DatagramEngine {
    private static final int SOCKET_BUFFER = 8 << 20;

    private final PacketPool pool;
    private final Selector selector;
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final int port;
    private final EngineCounters counters = new EngineCounters();
    private final @Nullable PacketBuffer[] received = new PacketBuffer[Limits.RECEIVE_BATCH];
    private int count;

    private @Nullable ByteBuffer outgoing;

    /** Binds a socket for each address; port 0 lets the system choose, the same for all. */
    public NioEngine(List<InetAddress> addresses, int wantedPort, boolean shared, PacketPool pool) throws IOException {
        this.pool = pool;
        selector = Selector.open();
        int bound = wantedPort;
        try {
            for (var address : addresses) {
                bound = bind(address, bound, shared);
            }
        } catch (IOException failure) {
            close();
            throw failure;
        }
        port = bound;
    }

    private int bind(InetAddress address, int wantedPort, boolean shared) throws IOException {
        var family = address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        var channel = DatagramChannel.open(family);
        channels.add(channel);
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
        if (shared) {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
        channel.bind(new InetSocketAddress(address, wantedPort));
        channel.register(selector, SelectionKey.OP_READ);
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int receive(long waitNanos) {
        count = 0;
        try {
            if (waitNanos > 0 && drain() == 0) {
                // Up to the next millisecond, so that a timer is due when this returns.
                selector.select(TimeUnit.NANOSECONDS.toMillis(waitNanos) + 1);
                selector.selectedKeys().clear();
            }
            return count == 0 ? drain() : count;
        } catch (IOException failure) {
            throw new UncheckedIOException("the media sockets cannot be read", failure);
        }
    }

    private int drain() throws IOException {
        for (int i = 0; i < channels.size(); i++) {
            boolean more = true;
            while (more && count < received.length) {
                more = receiveOne(channels.get(i), i);
            }
        }
        return count;
    }

    private boolean receiveOne(DatagramChannel channel, int socket) throws IOException {
        var packet = pool.take();
        if (packet == null) {
            counters.noBuffer++;
            return channel.receive(ByteBuffer.allocate(1)) != null; // read it off, or the selector never sleeps again
        }
        var view = packet.memory().asByteBuffer();
        var source = (InetSocketAddress) channel.receive(view);
        if (source == null) {
            packet.release();
            return false;
        }
        packet.range(0, view.position());
        origin(source, packet.origin(), socket);
        received[count++] = packet;
        counters.received++;
        return true;
    }

    private static void origin(InetSocketAddress source, PacketOrigin origin, int socket) {
        var ip = MemorySegment.ofArray(source.getAddress().getAddress());
        if (ip.byteSize() == 4) {
            origin.set(0, PacketOrigin.mapped(Bytes.i32(ip, 0)), source.getPort(), socket);
        } else {
            origin.set(Bytes.i64(ip, 0), Bytes.i64(ip, 8), source.getPort(), socket);
        }
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
        var view = outgoing;
        if (view == null) {
            view = batch.memory().asByteBuffer();
            outgoing = view;
        }
        for (int i = 0; i < batch.pathCount(); i++) {
            boolean datagrams = batch.path(i).stream() == null;
            for (int slot = batch.first(i); datagrams && slot != SendBatch.END; slot = batch.next(slot)) {
                view.limit(batch.at(slot) + batch.length(slot)).position(batch.at(slot));
                send(view, batch.path(i));
                view.clear();
            }
        }
    }

    private void send(ByteBuffer datagram, RemotePath path) {
        counters.sendCalls++;
        try {
            if (channels.get(path.socket()).send(datagram, path.address()) > 0) {
                counters.sent++;
            } else {
                counters.unsent++;
            }
        } catch (IOException refused) {
            counters.unsent++; // no route, or the like: as good as lost on the way
        }
    }

    @Override
    public void wake() {
        selector.wakeup();
    }

    @Override
    public EngineCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        try {
            for (var channel : channels) {
                channel.close();
            }
            selector.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("the media sockets cannot be closed", failure);
        }
    }
}
