package io.parley.media.transport;

import io.parley.media.transport.loop.NodeTransport;
import java.util.List;

/** The media port of one node: its shards and the peers on them. All methods may be called by any thread. */
public interface MediaTransport extends AutoCloseable {
    /**
     * Opens the port. Throws IllegalArgumentException, with a sentence for the operator, when an address to be
     * advertised cannot work, and UncheckedIOException when the port cannot be bound.
     */
    static MediaTransport open(TransportConfig config) {
        return NodeTransport.open(config);
    }

    /** The shards, at least one. What a room's peers share costs least when they are all on one shard. */
    List<Shard> shards();

    /** What our SDP lists for every peer. */
    List<Candidate> candidates();

    /** Of the certificate that this node shows to every peer. */
    Fingerprint fingerprint();

    /**
     * Expects a peer, which then belongs to {@code shard}; checks with its user fragment are answered from now on.
     * Throws IllegalArgumentException when another peer has that user fragment.
     */
    PeerTransport expect(PeerSettings settings, Shard shard, PeerListener listener);

    /** Closes all peers, then the sockets; returns when the threads have ended. Idempotent. */
    @Override
    void close();
}
