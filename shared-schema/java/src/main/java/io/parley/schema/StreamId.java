package io.parley.schema;

import java.nio.charset.StandardCharsets;

/**
 * A stream within the whole installation: the name that clients use, inside one tenant.
 *
 * @param stream {@code ch:CHANNEL}, {@code me:USER}, {@code pres:USER}, {@code call:ROOM},
 *     {@code call:ROOM.PARTICIPANT}…
 */
public record StreamId(String tenant, String stream) {
    /** Streams hash onto this many shards; the number is part of the protocol between nodes. */
    public static final int SHARDS = 1_024;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** The same on every node and in every release: FNV-1a of both parts, finished so that low bits are good too. */
    public long stableHash() {
        long hash = fold(FNV_OFFSET, tenant);
        hash = (hash ^ 0xff) * FNV_PRIME; // no byte of UTF-8 is 0xff, so ("ab", "c") and ("a", "bc") differ
        return finish(fold(hash, stream));
    }

    /** From 0 (inclusive) to {@link #SHARDS} (exclusive). */
    public int shard() {
        return (int) Long.remainderUnsigned(stableHash(), SHARDS);
    }

    /** True for streams that keep no log: their events have no offsets. */
    public boolean ephemeral() {
        return stream.startsWith("pres:") || (isCall() && stream.indexOf('.') > 0);
    }

    /** True for streams of rooms, which signaling keeps: a room's own, and those of its participants. */
    public boolean isCall() {
        return stream.startsWith("call:");
    }

    /** A stable hash of any text, for everything that nodes must agree on without talking. */
    public static long stableHash(String text) {
        return finish(fold(FNV_OFFSET, text));
    }

    private static long fold(long start, String text) {
        long hash = start;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    /** The finisher of MurmurHash3. */
    private static long finish(long value) {
        long hash = value;
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
