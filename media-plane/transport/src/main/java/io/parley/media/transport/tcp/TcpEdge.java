package io.parley.media.transport.tcp;

import io.parley.media.rtp.stun.StunMessage;
import io.parley.media.transport.Limits;
import io.parley.media.transport.memory.PacketBuffer;
import io.parley.media.transport.memory.PacketPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections, and hands the packets of those that begin with a check for somebody to that peer's shard. */
public final class TcpEdge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpEdge.class);

    private final List<ServerSocket> servers = new ArrayList<>();
    private final Set<TcpConnection> connections = ConcurrentHashMap.newKeySet();
    private final PacketPool pool = new PacketPool(Limits.STREAM_PACKETS);
    private final ReentrantLock poolLock = new ReentrantLock();
    private final Router router;

    /** Says who takes the packets of a connection. Any thread. */
    @FunctionalInterface
    public interface Router {
        /** Who takes them, with a hold on each, by the connection's first check; empty when it is for nobody. */
        Optional<Consumer<PacketBuffer>> route(StunMessage check);
    }

    private TcpEdge(Router router) {
        this.router = router;
    }

    /** Listens on {@code port} of all addresses. */
    public static TcpEdge open(List<InetAddress> addresses, int port, Router router) throws IOException {
        var edge = new TcpEdge(router);
        try {
            for (var address : addresses) {
                var server = new ServerSocket();
                edge.servers.add(server);
                server.bind(new InetSocketAddress(address, port), Limits.STREAM_BACKLOG);
            }
        } catch (IOException failure) {
            edge.close();
            throw failure;
        }
        edge.servers.forEach(
                server -> Thread.ofVirtual().name("media-tcp-accept").start(() -> edge.accept(server)));
        return edge;
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                take(server.accept());
            } catch (IOException failure) {
                if (!server.isClosed()) {
                    LOG.warn("a media connection could not be accepted: {}", failure.getMessage());
                }
            }
        }
    }

    private void take(Socket socket) throws IOException {
        if (connections.size() >= Limits.STREAMS) {
            socket.close();
            return;
        }
        var connection = new TcpConnection(socket, this);
        connections.add(connection);
        connection.start();
    }

    Router router() {
        return router;
    }

    /** A buffer, or null when all are in use. Any thread. */
    @Nullable
    PacketBuffer takeBuffer() {
        poolLock.lock();
        try {
            return pool.take();
        } finally {
            poolLock.unlock();
        }
    }

    void ended(TcpConnection connection) {
        connections.remove(connection);
    }

    /** How many connections there are. */
    public int connections() {
        return connections.size();
    }

    /** Closes all; to be called when no shard touches a packet any more. */
    @Override
    public void close() {
        for (var server : servers) {
            try {
                server.close();
            } catch (IOException failure) {
                LOG.warn("a media listener could not be closed: {}", failure.getMessage());
            }
        }
        for (var connection : connections) {
            connection.closeAndWait();
        }
        poolLock.lock();
        try {
            pool.close();
        } finally {
            poolLock.unlock();
        }
    }
}
