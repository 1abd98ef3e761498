package io.parley.media.transport.loop;

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
import io.parley.media.transport.memory.PacketPool;
import io.parley.media.transport.srtp.OpenSslCrypto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The media port of a node, open. */
public final class NodeTransport implements MediaTransport {
    private static final Logger LOG = LoggerFactory.getLogger(NodeTransport.class);

    private final Directory directory;
    private final List<Candidate> candidates;

    private NodeTransport(Directory directory, List<Candidate> candidates) {
        this.directory = directory;
        this.candidates = candidates;
    }

    /** Binds the port and starts the shards; throws IllegalArgumentException for what no peer could reach. */
    public static NodeTransport open(TransportConfig config) {
        AdvertisedAddresses.of(config); // before anything is bound
        var shards = new ArrayList<ShardLoop>();
        var identity = DtlsIdentity.fresh(new SecureRandom(), Instant.now());
        var directory = new Directory(
                new UfragTable<>(),
                new AddressTable<>(),
                identity,
                OpenSslCrypto.orJdk(),
                Collections.unmodifiableList(shards));
        int port = config.port();
        try {
            for (int i = 0; i < config.shards(); i++) {
                var pool = new PacketPool(Limits.PACKETS_PER_SHARD);
                var engine = Engines.open(config, port, pool);
                shards.add(new ShardLoop(i, engine, pool, directory));
                port = engine.port();
            }
        } catch (IOException failure) {
            shards.forEach(ShardLoop::close);
            throw new UncheckedIOException("the media port " + port + " cannot be bound", failure);
        }
        shards.forEach(ShardLoop::start);
        var candidates = AdvertisedAddresses.candidates(config, port);
        LOG.info(
                "media port {}: {} shard(s), {} sockets, {} SRTP, {}",
                port,
                shards.size(),
                shards.getFirst().engineName(),
                directory.crypto().name(),
                candidates.stream().map(Candidate::sdp).toList());
        return new NodeTransport(directory, candidates);
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
        if (home != shard) {
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
        var peers = directory.expected().owners();
        peers.forEach(PeerTransport::close);
        long deadlineNanos = System.nanoTime() + Limits.FAREWELL.toNanos();
        peers.forEach(peer -> peer.awaitFarewell(deadlineNanos));
        directory.shards().forEach(ShardLoop::close);
    }
}
