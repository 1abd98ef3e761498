package io.parley.media.transport;

import java.time.Duration;

/** The bounds of everything in the transport that could grow or wait. */
public final class Limits {
    /** Bytes of one packet that is given to be sent, before encryption: what fits a datagram on any common path. */
    public static final int SENDABLE_BYTES = 1_400;

    /** Packet buffers of one shard: 128 MiB, about 100,000 packets a second kept for half a second. */
    public static final int PACKETS_PER_SHARD = 65_536;

    /** Consent of a peer that sends no valid check for this long is gone (RFC 7675 section 5.1). */
    public static final Duration CONSENT = Duration.ofSeconds(30);

    /**
     * A peer of whom nothing valid comes for this long counts as interrupted: browsers check every 5 s, give or take.
     */
    public static final Duration SILENCE = Duration.ofSeconds(8);

    /** SSRCs of one peer and direction; a browser with 50 slots and their repairs uses half of it. */
    public static final int SOURCES_PER_PEER = 256;

    /** Addresses of one peer that are kept: a browser with two networks and both families proves four. */
    public static final int PATHS_PER_PEER = 8;

    /** Packets of one peer that wait for the end of its handshake; more are dropped. */
    public static final int EARLY_PACKETS = 64;

    /** DTLS datagrams of one peer that wait to be read; more are dropped, as the peer repeats them. */
    public static final int HANDSHAKE_DATAGRAMS = 32;

    /** A handshake that takes longer has failed. */
    public static final Duration HANDSHAKE = Duration.ofSeconds(20);

    /** Datagrams that one turn receives before it sends. */
    public static final int RECEIVE_BATCH = 64;

    /** Datagrams that one turn gathers before it sends. */
    public static final int SEND_BATCH = 1_024;

    /** How long a peer that has ended keeps its addresses. */
    public static final Duration LINGER = Duration.ofSeconds(2);

    /** How long a closing port waits for its threads. */
    public static final Duration CLOSE = Duration.ofSeconds(10);

    /** How long a closing port waits for its peers to be told. */
    public static final Duration FAREWELL = Duration.ofSeconds(1);

    /** TCP connections; more are closed as they come. */
    public static final int STREAMS = 10_000;

    /** TCP connections that wait to be accepted. */
    public static final int STREAM_BACKLOG = 512;

    /** Packets that wait to be written to one TCP connection; more are lost, as on a full link. */
    public static final int STREAM_QUEUE = 512;

    /** Packet buffers of all TCP connections: 32 MiB. */
    public static final int STREAM_PACKETS = 16_384;

    /** A TCP connection that says nothing for this long is closed; a peer checks every few seconds. */
    public static final Duration STREAM_SILENCE = Duration.ofSeconds(30);

    private Limits() {}
}
