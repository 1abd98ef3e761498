package io.parley.media.transport;

/**
 * Counts of one peer since its creation. Bytes are of datagrams, encryption included, IP and UDP headers not.
 *
 * @param replayedPackets dropped because their index was seen before or is too old to tell
 * @param inauthenticPackets dropped because their tag is wrong
 * @param checks valid connectivity checks, consent included
 * @param moves how often the peer's address changed after it was first proven
 */
public record PeerStats(
        long receivedPackets,
        long receivedBytes,
        long sentPackets,
        long sentBytes,
        long replayedPackets,
        long inauthenticPackets,
        long checks,
        long moves) {}
