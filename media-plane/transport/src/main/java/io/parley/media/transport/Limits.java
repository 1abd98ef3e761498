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

    private Limits() {}
}
