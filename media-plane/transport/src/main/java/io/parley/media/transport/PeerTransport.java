package io.parley.media.transport;

import java.lang.foreign.MemorySegment;

/**
 * One peer's secured path: what is given to it is encrypted and sent to where the peer's last valid nomination came
 * from. Methods belong to the thread of {@link #shard} unless they say "any thread".
 */
public interface PeerTransport extends AutoCloseable {
    /** The shard that owns this peer, from its creation to its end. Any thread. */
    Shard shard();

    /** Any thread; on others than the shard's it may lag. */
    PeerState state();

    /**
     * The position in {@link Shard#outgoing} where the caller may write the next packet, up to
     * {@link Limits#SENDABLE_BYTES}; it stays the caller's until the next call of any {@code reserve} or {@code send}
     * on this shard. Meant for the packet path: the packet is written once, encrypted there, and sent from there.
     */
    int reserve();

    /**
     * Encrypts the RTP packet of {@code length} bytes written at the position that {@link #reserve} gave last, and
     * sends it at the end of this turn. False, and nothing is sent, when the peer is not connected or the packet is too
     * long. A packet index must never be sent twice with different content: a retransmission is a packet of its own
     * (RTX) or the very same bytes.
     */
    boolean sendReservedRtp(int length);

    /** As {@link #sendReservedRtp} for a compound RTCP packet. */
    boolean sendReservedRtcp(int length);

    /** Copies, encrypts and sends an RTP packet that lies elsewhere; the caller's bytes are not changed. */
    default boolean sendRtp(MemorySegment memory, int offset, int length) {
        return copyToReserved(memory, offset, length) && sendReservedRtp(length);
    }

    /** Copies, encrypts and sends a compound RTCP packet that lies elsewhere; the caller's bytes are not changed. */
    default boolean sendRtcp(MemorySegment memory, int offset, int length) {
        return copyToReserved(memory, offset, length) && sendReservedRtcp(length);
    }

    private boolean copyToReserved(MemorySegment memory, int offset, int length) {
        if (length > Limits.SENDABLE_BYTES || !state().isReachable()) {
            return false;
        }
        MemorySegment.copy(memory, offset, shard().outgoing(), reserve(), length);
        return true;
    }

    /**
     * Restarts ICE (RFC 8445 section 9) with new credentials on both sides. The old path carries packets until the
     * first valid check with the new ones. Keys and DTLS stay. Any thread.
     */
    void restart(IceCredentials local, String remoteUfrag);

    /** What has been counted so far; a copy that lags by at most a turn. Any thread. */
    PeerStats stats();

    /** Ends the peer: it is told by a DTLS close_notify, and its state becomes CLOSED. Idempotent. Any thread. */
    @Override
    void close();
}
