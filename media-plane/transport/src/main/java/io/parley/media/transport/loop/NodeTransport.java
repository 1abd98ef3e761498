package io.parley.media.transport.loop;

import io.parley.media.rtp.stun.StunMessage;
import io.parley.media.transport.AdvertisedAddresses;
import io.parley.media.transport.Candidate;
import io.parley.media.transport.Fingerprint;
import io.parley.media.transport.Limits;
import io.parley.media.transport.MediaTransport;
import io.parley.media.transport.PeerListener;
import io.parley.media.transport.PeerSettings;
import io.parley.media.transport.PeerTransport;
import io.parley.media.transport.Shard;
import io.parley.media.transport.TransportConfig;
import io.parley.media.transport.dtls.DtlsIdentity;
import io.parley.media.transport.engine.Engines;
import io.parley.media.transport.ice.UfragTable;
import io.parley.media.transport.memory.PacketBuffer;
import io.parley.media.transport.memory.PacketPool;
import io.parley.media.transport.srtp.OpenSslCrypto;
import io.parley.media.transport.tcp.TcpEdge;
import io.parley.schema.Clock;
import io.parley.schema.SystemClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The media port of a node, open. */
public final class NodeTransport implements MediaTransport {
    private static final Clock CLOCK = new SystemClock();

    private static final Logger LOG = LoggerFactory.getLogger(NodeTransport.class);

    private static final int PORT_ATTEMPTS = 5;

    private final Directory directory;
    private final List<Candidate> candidates;
    private final @Nullable TcpEdge tcp;
    private final AtomicBoolean closed = new AtomicBoolean();

    private NodeTransport(Directory directory, List<Candidate> candidates, @Nullable TcpEdge tcp) {
        this.directory = directory;
        this.tcp = tcp;
        this.candidates = candidates;
    }

    /** Binds the port and starts the shards; throws IllegalArgumentException for what no peer could reach. */
    public static NodeTransport open(TransportConfig config) {
        return open(config, CLOCK::monoNanos);
    }

    /** As {@link #open(TransportConfig)}, with a clock of the caller's. */
    public static NodeTransport open(TransportConfig config, LongSupplier clock) {
        AdvertisedAddresses.of(config); // before anything is bound
        // A port that the system chose for UDP may be taken for TCP.
        int attempts = config.port() == 0 ? PORT_ATTEMPTS : 1;
        while (true) {
            try {
                return bind(config, clock);
            } catch (IOException failure) {
                if (--attempts == 0) {
                    throw new UncheckedIOException("the media port " + config.port() + " cannot be bound", failure);
                }
            }
        }
    }

    private static NodeTransport bind(TransportConfig config, LongSupplier clock) throws IOException {
        var shards = new ArrayList<ShardLoop>();
        var directory = new Directory(
                new UfragTable<>(),
                new AddressTable<>(),
                DtlsIdentity.fresh(new SecureRandom(), Instant.ofEpochMilli(CLOCK.wallMillis())),
                OpenSslCrypto.orJdk(),
                Collections.unmodifiableList(shards));
        int port = config.port();
        TcpEdge tcp;
        try {
            for (int i = 0; i < config.shards(); i++) {
                var pool = new PacketPool(Limits.PACKETS_PER_SHARD);
                var engine = Engines.open(config, port, pool);
                shards.add(new ShardLoop(i, engine, pool, directory, clock));
                port = engine.port();
            }
            tcp = config.tcp() ? TcpEdge.open(config.bind(), port, check -> route(directory, check)) : null;
        } catch (IOException failure) {
            shards.forEach(ShardLoop::close);
            throw failure;
        }
        shards.forEach(ShardLoop::start);
        var transport = new NodeTransport(directory, AdvertisedAddresses.candidates(config, port), tcp);
        transport.logStart(port);
        return transport;
    }

    private void logStart(int port) {
        LOG.info(
                "media port {}: {} shard(s), {} sockets, {} SRTP, {}",
                port,
                directory.shards().size(),
                directory.shards().getFirst().engineName(),
                directory.crypto().name(),
                candidates.stream().map(Candidate::sdp).toList());
    }

    @Override
    public List<Shard> shards() {
        return List.copyOf(directory.shards());
    }

    @Override
    public List<Candidate> candidates() {
        return candidates;
    }

    @Override
    public Fingerprint fingerprint() {
        return directory.identity().fingerprint();
    }

    @Override
    public PeerTransport expect(PeerSettings settings, Shard shard, PeerListener listener) {
        var home = directory.shards().get(shard.index());
        if (!home.equals(shard)) {
            throw new IllegalArgumentException("that shard is another node's");
        }
        var peer = new PeerSession(home, directory, settings, listener);
        if (!directory.expected().add(settings.local().ufrag(), peer)) {
            throw new IllegalArgumentException(
                    "the user fragment " + settings.local().ufrag() + " is taken");
        }
        home.execute(peer::open);
        return peer;
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return; // sockets and memory are freed once
        }
        var peers = directory.expected().owners();
        peers.forEach(PeerTransport::close);
        long deadlineNanos = CLOCK.monoNanos() + Limits.FAREWELL.toNanos();
        peers.forEach(peer -> peer.awaitFarewell(deadlineNanos));
        directory.shards().forEach(ShardLoop::close);
        if (tcp != null) {
            tcp.close();
        }
    }

    /** The shard of the peer that a connection's first check is for; there the check is judged. */
    private static Optional<Consumer<PacketBuffer>> route(Directory directory, StunMessage check) {
        var peer = directory.expected().find(check, new UfragTable.Probe());
        return Optional.ofNullable(peer).map(found -> found.home()::handOver);
    }
}
