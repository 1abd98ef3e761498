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
    /** Users in one script of Redis, which nothing else interrupts. */
    public static final int PRESENCE_SCRIPT_USERS_MAX = 100;
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
    /** Questions for heads in one tick of a hub; what is due beyond waits for the next tick. */
    public static final int PROBES_PER_TICK_MAX = 8;
    /** Questions for heads that a node has under way. */
    public static final int PROBES_UNDER_WAY_MAX = 4;
    /** Shards told in full in one message. */
    public static final int FULL_DIGESTS_PER_MESSAGE_MAX = 32;
    /** Streams that one node repairs at the same time. */
    public static final int REPAIRS_UNDER_WAY_MAX = 64;
    /** A longer hole is not repaired: the subscribers load a snapshot. */
    public static final int REPAIR_EVENTS_MAX = 5_000;
    /** Events of one stream held behind a hole. */
    public static final int HELD_EVENTS_MAX = 1_000;
    /** Events that one subscription collects while it is being made; more, and the client tries again. */
    public static final int SUBSCRIPTION_EARLY_EVENTS_MAX = 1_000;
    /** Events held back by a filter before the client is told the new position. */
    public static final int SKIPPED_EVENTS_UNTOLD_MAX = 100;
    /** Subscriptions of one socket. */
    public static final int SUBSCRIPTIONS_PER_SOCKET_MAX = 1_000;
    /** Subscriptions that one node makes at the same time, and those that wait for it. */
    public static final int OPENINGS_UNDER_WAY_MAX = 256;

    public static final int OPENINGS_WAITING_MAX = 50_000;
    /** Deliveries of one event loop before others have their turn. */
    public static final int DELIVERIES_PER_TURN_MAX = 1_000;
    /**
     * Tasks waiting for one event loop; beyond, ephemeral events are dropped and sockets of other streams have to
     * resume.
     */
    public static final int OUTLET_TASKS_MAX = 50_000;

    /** Sends waiting in one chat verticle for the transaction before them; more are refused as OVERLOADED. */
    public static final int CHAT_SEND_QUEUE_MAX = 20_000;
    /** Tries of one transaction that loses races. */
    public static final int TRANSACTION_ATTEMPTS_MAX = 5;
    /** How much longer than the server itself a client of the database waits, milliseconds. */
    public static final long TRANSACTION_GRACE_MILLIS = 500;
    /** Unread messages (and mentions) of one channel are counted up to this; more show as this many. */
    public static final int CHAT_UNREAD_COUNT_MAX = 10_000;
    /** Channels with something unread that the totals look at. */
    public static final int CHAT_UNREAD_CHANNELS_MAX = 10_000;
    /** Members whose receipts are listed. */
    public static final int CHAT_RECEIPTS_MAX = 1_000;
    /** A message to "@channel" is told to the inboxes of up to this many members. */
    public static final int CHAT_MENTION_ALL_INBOX_MAX = 1_000;
    /** In channels with more members, receipts are listed but not pushed. */
    public static final int CHAT_RECEIPT_MEMBERS_MAX = 200;
    /** Distinct kinds of reactions on one message. */
    public static final int CHAT_REACTION_KINDS_MAX = 20;
    /** Pinned messages of one channel. */
    public static final int CHAT_PINS_MAX = 50;
    /** Messages whose quotes of a deleted message are blanked with it. */
    public static final int CHAT_QUOTING_MAX = 1_000;
    /** Members shown with a channel in lists. */
    public static final int CHAT_SHOWN_MEMBERS_MAX = 10;
    /** Users that one verticle remembers as known. */
    public static final int CHAT_KNOWN_USERS_MAX = 100_000;
    /** People typing that one verticle keeps track of; more are not announced. */
    public static final int CHAT_TYPING_MAX = 50_000;
    /** Missed events that a resume may carry; more are TOO_MANY. */
    public static final int CHAT_RESUME_EVENTS_MAX = 1_000;
    /** Rows that one run of a clean-up removes in one statement. */
    public static final int CHAT_PURGE_ROWS_MAX = 5_000;
    /** Months whose partitions are made ahead of time. */
    public static final int CHAT_MONTHS_AHEAD = 2;
    /** Delivered markers that wait for the next write of a verticle; more are dropped, the clients say it again. */
    public static final int CHAT_DELIVERED_PENDING_MAX = 50_000;
    /** Events that a rebuild reads at once. */
    public static final int CHAT_REBUILD_PAGE = 500;
    /** Levels of objects and lists in custom fields. */
    public static final int CUSTOM_DEPTH_MAX = 8;
    /** Levels of objects and lists in any JSON from a client: frames and bodies nest less. */
    public static final int JSON_DEPTH_MAX = 32;
    /** Characters of a number in JSON from a client. */
    public static final int JSON_NUMBER_LENGTH_MAX = 64;

    /** Users whose rate limits one gateway remembers by itself. */
    public static final int LOCAL_BUCKETS_MAX = 50_000;

    /** Bytes of one frame from a client. */
    public static final int CLIENT_FRAME_BYTES_MAX = 64 * 1024;
    /** Frames in one WebSocket message from a client. */
    public static final int FRAMES_PER_MESSAGE_MAX = 64;
    /** Bytes of one WebSocket message from a client: that many frames, with what joins them. */
    public static final int CLIENT_MESSAGE_BYTES_MAX = FRAMES_PER_MESSAGE_MAX * (CLIENT_FRAME_BYTES_MAX + 8);
    /** Users whose presence one socket watches. */
    public static final int WATCHED_USERS_MAX = 1_000;
    /** Refused commands of one socket within {@link #ABUSE_WINDOW_MILLIS} before it is closed. */
    public static final int ABUSE_REFUSALS_MAX = 1_000;
    /** Over which refused commands of one socket are counted, milliseconds. */
    public static final long ABUSE_WINDOW_MILLIS = 10_000;

    /** Delivered markers in one batch to chat. */
    public static final int DELIVERED_BATCH_MAX = 1_000;
    /** Leases in one batch to presence. */
    public static final int LEASE_BATCH_MAX = 500;

    /** Query parameters that are read; lists repeat theirs. */
    public static final int QUERY_PARAMETERS_MAX = 512;

    /** Characters of a path that anybody looks at. */
    public static final int PATH_LENGTH_MAX = 2_048;
    /** Users whose revocation one question to Redis looks up. */
    public static final int REVOCATIONS_PER_LOOK_MAX = 500;

    private Limits() {}
}
