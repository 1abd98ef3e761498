package io.parley.chat.store;

import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Segments;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The append-only log of channels. Who appends holds the lock of the channel's row and took offsets from its head. */
public final class PgLog {
    /**
     * One event.
     *
     * @param kind the number of the event's field in Push
     * @param withdrawn its text was deleted since, and readers must not show it
     */
    @SuppressWarnings("ArrayRecordComponent") // encoded once; never compared
    public record Entry(
            ChannelKey channel, int month, long offset, long atMillis, int kind, byte[] payload, boolean withdrawn) {
        /** The same event saying something else. */
        public Entry withPayload(byte[] changed) {
            return new Entry(channel, month, offset, atMillis, kind, changed, withdrawn);
        }
    }

    /**
     * Where a channel's log stands after appending.
     *
     * @param newSegment the first offset of its month, or 0 when the month had begun before
     * @param lastMessageAtMillis 0 when no message is among the events
     */
    public record Head(ChannelKey channel, long offset, int month, long newSegment, long lastMessageAtMillis) {}

    private static final String MOVE_HEADS = """
            UPDATE channel c SET head = n.head, month = n.month,
              last_message_at_ms = greatest(c.last_message_at_ms, n.last_message_at_ms)
            FROM unnest($1::text[], $2::text[], $3::bigint[], $4::integer[], $5::bigint[])
              AS n (tenant, id, head, month, last_message_at_ms)
            WHERE c.tenant = n.tenant AND c.id = n.id""";
    private static final String OPEN_SEGMENTS = """
            INSERT INTO channel_segment (tenant, channel_id, month, first_offset)
            SELECT * FROM unnest($1::text[], $2::text[], $3::integer[], $4::bigint[])""";
    private static final String APPEND = """
            INSERT INTO channel_event (tenant, channel_id, month, off, at_ms, kind, payload)
            SELECT * FROM unnest($1::text[], $2::text[], $3::integer[], $4::bigint[], $5::bigint[], $6::integer[],
              $7::bytea[])""";
    private static final String READ = """
            SELECT tenant, channel_id, month, off, at_ms, kind, payload, withdrawn FROM channel_event
            WHERE tenant = $1 AND channel_id = $2 AND off > $3 AND off <= $3 + $6 AND month BETWEEN $4 AND $5
            ORDER BY off""";
    private static final String WITHDRAW = """
            UPDATE channel_event SET withdrawn = true
            WHERE tenant = $1 AND channel_id = $2 AND off = ANY ($3::bigint[])""";
    private static final String FIND = """
            SELECT tenant, channel_id, month, off, at_ms, kind, payload, withdrawn FROM channel_event
            WHERE tenant = $1 AND channel_id = $2 AND off = ANY ($3::bigint[])""";
    private static final String REPLACE = """
            UPDATE channel_event e SET payload = n.payload
            FROM unnest($3::bigint[], $4::bytea[]) AS n (off, payload)
            WHERE e.tenant = $1 AND e.channel_id = $2 AND e.off = n.off""";

    private static final String HEADS = """
            SELECT c.tenant, c.id, c.epoch, c.head FROM unnest($1::text[], $2::text[]) AS k (tenant, id)
            JOIN channel c ON c.tenant = k.tenant AND c.id = k.id""";

    /** Where a log stands. */
    public record Standing(String epoch, long offset) {}

    private PgLog() {}

    /** Where these logs stand; unknown channels are left out. */
    public static Future<Map<ChannelKey, Standing>> heads(SqlClient client, List<ChannelKey> channels) {
        return client.preparedQuery(HEADS)
                .execute(Arrays.columns(
                        Arrays.texts(channels, ChannelKey::tenant), Arrays.texts(channels, ChannelKey::id)))
                .map(rows -> {
                    Map<ChannelKey, Standing> heads = new HashMap<>();
                    rows.forEach(row -> heads.put(
                            new ChannelKey(row.getString("tenant"), row.getString("id")),
                            new Standing(row.getString("epoch"), row.getLong("head"))));
                    return heads;
                });
    }

    /** All statements are sent at once; the answer is that of all. */
    public static Future<Void> append(SqlConnection connection, Collection<Head> heads, List<Entry> entries) {
        List<Future<?>> sent = new ArrayList<>(3);
        sent.add(connection
                .preparedQuery(MOVE_HEADS)
                .execute(Tuple.of(
                        Arrays.texts(heads, head -> head.channel().tenant()),
                        Arrays.texts(heads, head -> head.channel().id()),
                        Arrays.longs(heads, Head::offset),
                        Arrays.ints(heads, Head::month),
                        Arrays.longs(heads, Head::lastMessageAtMillis))));
        List<Head> opened = heads.stream().filter(head -> head.newSegment() > 0).toList();
        if (!opened.isEmpty()) {
            sent.add(connection
                    .preparedQuery(OPEN_SEGMENTS)
                    .execute(Tuple.of(
                            Arrays.texts(opened, head -> head.channel().tenant()),
                            Arrays.texts(opened, head -> head.channel().id()),
                            Arrays.ints(opened, Head::month),
                            Arrays.longs(opened, Head::newSegment))));
        }
        sent.add(connection
                .preparedQuery(APPEND)
                .execute(Tuple.of(
                                Arrays.texts(entries, entry -> entry.channel().tenant()),
                                Arrays.texts(entries, entry -> entry.channel().id()),
                                Arrays.ints(entries, Entry::month),
                                Arrays.longs(entries, Entry::offset),
                                Arrays.longs(entries, Entry::atMillis),
                                Arrays.ints(entries, Entry::kind))
                        .addArrayOfBuffer(Arrays.bytes(entries, Entry::payload))));
        return Future.all(sent).mapEmpty();
    }

    /** Up to {@code limit} events behind {@code offset}, oldest first: offsets are dense, so they say where to look. */
    public static Future<List<Entry>> read(
            SqlClient client, ChannelKey channel, Segments segments, long offset, int limit) {
        return client.preparedQuery(READ)
                .execute(Tuple.of(
                        channel.tenant(),
                        channel.id(),
                        offset,
                        segments.monthOf(offset + 1),
                        segments.monthOf(offset + limit),
                        (long) limit))
                .map(PgLog::entries);
    }

    public static Future<List<Entry>> find(SqlClient client, ChannelKey channel, List<Long> offsets) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(channel.tenant(), channel.id(), offsets.toArray(Long[]::new)))
                .map(PgLog::entries);
    }

    /** The events stay, for replay and audit; readers blank their texts. */
    public static Future<Void> withdraw(SqlClient client, ChannelKey channel, List<Long> offsets) {
        return client.preparedQuery(WITHDRAW)
                .execute(Tuple.of(channel.tenant(), channel.id(), offsets.toArray(Long[]::new)))
                .mapEmpty();
    }

    /** Rewrites what events say, without moving them. */
    public static Future<Void> replace(SqlClient client, ChannelKey channel, List<Entry> entries) {
        return client.preparedQuery(REPLACE)
                .execute(Tuple.of(channel.tenant(), channel.id(), Arrays.longs(entries, Entry::offset))
                        .addArrayOfBuffer(Arrays.bytes(entries, Entry::payload)))
                .mapEmpty();
    }

    private static List<Entry> entries(io.vertx.sqlclient.RowSet<io.vertx.sqlclient.Row> rows) {
        List<Entry> entries = new ArrayList<>(rows.size());
        rows.forEach(row -> entries.add(new Entry(
                new ChannelKey(row.getString("tenant"), row.getString("channel_id")),
                row.getInteger("month"),
                row.getLong("off"),
                row.getLong("at_ms"),
                row.getInteger("kind"),
                Rows.bytes(row, "payload"),
                row.getBoolean("withdrawn"))));
        return entries;
    }
}
