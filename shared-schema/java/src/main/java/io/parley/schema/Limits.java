package io.parley.schema;

/**
 * Every bound that is not configuration, by name. What can be hit by a client is also in
 * {@code shared-schema/README.md}.
 */
public final class Limits {
    /** Characters of a name that a person or a client chose: users, channels, devices, tenants. */
    public static final int NAME_LENGTH_MAX = 64;
    /** Presence changes of distinct users held for one flush. */
    public static final int PRESENCE_CHANGES_PENDING_MAX = 1_000;
    /** Users whose leases one sweep ends in one shard; the next sweep goes on. */
    public static final int PRESENCE_SWEEP_USERS_MAX = 500;
    /** What a client is told to wait when a store does not answer, milliseconds. */
    public static final long STORE_RETRY_AFTER_MILLIS = 1_000;
    /** Publications of one node that wait for the next turn; more are dropped and found again in the log. */
    public static final int PUBLICATIONS_QUEUED_MAX = 100_000;
    /** Publications in one message of the bus. */
    public static final int PUBLICATIONS_PER_MESSAGE_MAX = 500;
    /** A message of the bus is sent once it holds this many bytes; large bodies collapse its throughput. */
    public static final int PUBLICATION_MESSAGE_BYTES_MAX = 64 * 1_024;
    /** Events in one answer about a stream, from recent events or from the log. */
    public static final int EVENTS_PER_READ_MAX = 1_000;
    /** Heads of moved streams in the answer to one digest. */
    public static final int HEADS_PER_DIGEST_MAX = 2_000;
    /** Streams in one question for heads. */
    public static final int HEADS_PER_READ_MAX = 500;

    private Limits() {}
}
