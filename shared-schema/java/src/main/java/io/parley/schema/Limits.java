package io.parley.schema;

/**
 * Every bound that is not configuration, by name. What can be hit by a client is also in
 * {@code shared-schema/README.md}.
 */
public final class Limits {
    /** Presence changes of distinct users held for one flush. */
    public static final int PRESENCE_CHANGES_PENDING_MAX = 1_000;
    /** Users whose leases one sweep ends in one shard; the next sweep goes on. */
    public static final int PRESENCE_SWEEP_USERS_MAX = 500;
    /** What a client is told to wait when a store does not answer, milliseconds. */
    public static final long STORE_RETRY_AFTER_MILLIS = 1_000;

    private Limits() {}
}
