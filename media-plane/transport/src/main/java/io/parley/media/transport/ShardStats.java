package io.parley.media.transport;

/**
 * Counts of one shard since its start.
 *
 * @param receivedPackets datagrams from the sockets, whatever they were
 * @param sentPackets datagrams that the system accepted
 * @param receivedBytes in datagrams and on connections, without headers of IP and below
 * @param sentBytes given to the system, also what it then refused
 * @param sendCalls system calls those took; fewer than packets when runs were formed
 * @param unsentPackets datagrams that the system refused, for want of buffers or of a route
 * @param unknownUfrag checks with a user fragment that no peer has
 * @param badIntegrity checks whose integrity does not fit the peer's password
 * @param unknownSource packets, other than checks, from an address that no check has proven
 * @param malformed datagrams that are none of STUN, DTLS, RTP and RTCP, or broken ones
 * @param handedOver packets that arrived at another shard than their peer's
 * @param noBuffer datagrams dropped because all buffers were in use
 */
public record ShardStats(
        long receivedPackets,
        long sentPackets,
        long receivedBytes,
        long sentBytes,
        long sendCalls,
        long unsentPackets,
        long unknownUfrag,
        long badIntegrity,
        long unknownSource,
        long malformed,
        long handedOver,
        long noBuffer) {}
