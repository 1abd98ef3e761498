package io.parley.media.transport.loop;

/** What a shard counts besides its engine: plain fields of its thread; others may read values that lag. */
final class ShardCounters {
    long receivedBytes;
    long unknownUfrag;
    long badIntegrity;
    long unknownSource;
    long malformed;
    long handedOver;
}
