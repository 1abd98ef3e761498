package io.parley.media.transport;

import io.parley.media.transport.memory.PacketBuffer;

/** Told what happens to one peer, always on the thread of its shard. Must neither block nor throw. */
public interface PeerListener {
    /**
     * The peer is now in {@code state}; {@code reason} is a sentence for people, empty when there is nothing to say.
     */
    void onState(PeerTransport peer, PeerState state, String reason);

    /**
     * An RTP packet came, authentic and decrypted, not seen before. It is lent for the call: {@code retain} it to keep
     * it. Whether it is well-formed RTP inside is for the receiver to check.
     *
     * @param arrivalNanos when the socket gave it, by the clock of {@link Shard#nowNanos}
     */
    void onRtp(PeerTransport peer, PacketBuffer packet, long arrivalNanos);

    /** A compound RTCP packet came; as {@link #onRtp}. */
    void onRtcp(PeerTransport peer, PacketBuffer packet, long arrivalNanos);
}
