package io.parley.chat.store;

import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.MessageRef;
import io.parley.chat.domain.UserKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The logs behind "me:" streams: one per user, dense, written in the transaction of what they tell about. */
public final class PgInbox {
    /** One event; {@code about} is set for mentions, so that deleting the message finds it. */
    @SuppressWarnings("ArrayRecordComponent") // encoded once; never compared
    public record Entry(UserKey user, long offset, long atMillis, Optional<MessageRef> about, byte[] payload) {
        /** The same event saying something else. */
        public Entry withPayload(byte[] changed) {
            return new Entry(user, offset, atMillis, about, changed);
        }
    }

    /** Where an inbox stands: readers may continue behind offsets from {@code floor} to {@code head}. */
    public record Bounds(String epoch, long head, long floor) {}

    /**
     * Rows are locked in the order of the arrays, which is sorted: two writers never wait for each other in a circle.
     */
    private static final String RESERVE = """
            INSERT INTO inbox (tenant, user_id, head)
            SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]) AS n (tenant, user_id, more)
            ORDER BY 1, 2
            ON CONFLICT (tenant, user_id) DO UPDATE SET head = inbox.head + excluded.head
            RETURNING tenant, user_id, head""";

    private static final String APPEND = """
            INSERT INTO inbox_event (tenant, user_id, off, at_ms, channel_id, message_off, payload)
            SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[],
              $7::bytea[])""";
    private static final String BOUNDS = """
            SELECT s.value AS epoch, coalesce(i.head, 0) AS head, coalesce(i.floor_off, 0) AS floor
            FROM chat_setting s LEFT JOIN inbox i ON i.tenant = $1 AND i.user_id = $2
            WHERE s.name = 'inbox-epoch'""";
    private static final String READ = """
            SELECT tenant, user_id, off, at_ms, channel_id, message_off, payload FROM inbox_event
            WHERE tenant = $1 AND user_id = $2 AND off > $3 ORDER BY off LIMIT $4""";
    private static final String ABOUT = """
            SELECT tenant, user_id, off, at_ms, channel_id, message_off, payload FROM inbox_event
            WHERE tenant = $1 AND channel_id = $2 AND message_off = $3""";
    private static final String REPLACE = """
            UPDATE inbox_event e SET payload = n.payload
            FROM unnest($2::text[], $3::bigint[], $4::bytea[]) AS n (user_id, off, payload)
            WHERE e.tenant = $1 AND e.user_id = n.user_id AND e.off = n.off""";

    private static final String HEADS = """
            SELECT k.tenant, k.id, coalesce(i.head, 0) AS head FROM unnest($1::text[], $2::text[]) AS k (tenant, id)
            LEFT JOIN inbox i ON i.tenant = k.tenant AND i.user_id = k.id""";
    /** Removes old events and moves the floors behind them, in one statement. */
    private static final String TRIM = """
            WITH gone AS (DELETE FROM inbox_event WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM inbox_event WHERE at_ms < $1 ORDER BY tenant, user_id, off LIMIT $2))
              RETURNING tenant, user_id, off),
            floors AS (SELECT tenant, user_id, max(off) AS off FROM gone GROUP BY tenant, user_id),
            moved AS (UPDATE inbox i SET floor_off = greatest(i.floor_off, f.off) FROM floors f
              WHERE i.tenant = f.tenant AND i.user_id = f.user_id)
            SELECT count(*)::integer AS gone FROM gone""";

    private PgInbox() {}

    /** Moves the heads by that many events each; gives the new heads. */
    public static Future<Map<UserKey, Long>> reserve(SqlConnection connection, Map<UserKey, Integer> counts) {
        List<UserKey> users = counts.keySet().stream().sorted().toList();
        return connection
                .preparedQuery(RESERVE)
                .execute(Tuple.of(
                        Arrays.texts(users, UserKey::tenant),
                        Arrays.texts(users, UserKey::id),
                        Arrays.longs(users, counts::get)))
                .map(rows -> {
                    Map<UserKey, Long> heads = new HashMap<>();
                    rows.forEach(row -> heads.put(
                            new UserKey(row.getString("tenant"), row.getString("user_id")), row.getLong("head")));
                    return heads;
                });
    }

    public static Future<Void> append(SqlConnection connection, List<Entry> entries) {
        return connection
                .preparedQuery(APPEND)
                .execute(Tuple.of(
                                Arrays.texts(entries, entry -> entry.user().tenant()),
                                Arrays.texts(entries, entry -> entry.user().id()),
                                Arrays.longs(entries, Entry::offset),
                                Arrays.longs(entries, Entry::atMillis),
                                Arrays.texts(entries, PgInbox::channelOf),
                                Arrays.longs(
                                        entries,
                                        entry -> entry.about()
                                                .map(MessageRef::offset)
                                                .orElse(0L)))
                        .addArrayOfBuffer(Arrays.bytes(entries, Entry::payload)))
                .mapEmpty();
    }

    public static Future<Bounds> bounds(SqlClient client, UserKey user) {
        return client.preparedQuery(BOUNDS)
                .execute(Tuple.of(user.tenant(), user.id()))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Bounds(row.getString("epoch"), row.getLong("head"), row.getLong("floor"));
                });
    }

    /** Where these inboxes stand; one that was never written to stands at 0. */
    public static Future<Map<UserKey, Long>> heads(SqlClient client, List<UserKey> users) {
        return client.preparedQuery(HEADS)
                .execute(Arrays.columns(Arrays.texts(users, UserKey::tenant), Arrays.texts(users, UserKey::id)))
                .map(rows -> {
                    Map<UserKey, Long> heads = new HashMap<>();
                    rows.forEach(row ->
                            heads.put(new UserKey(row.getString("tenant"), row.getString("id")), row.getLong("head")));
                    return heads;
                });
    }

    /** Up to {@code limit} events behind {@code offset}, oldest first. */
    public static Future<List<Entry>> read(SqlClient client, UserKey user, long offset, int limit) {
        return client.preparedQuery(READ)
                .execute(Tuple.of(user.tenant(), user.id(), offset, limit))
                .map(PgInbox::entries);
    }

    /** The events that tell about one message, over all users. */
    public static Future<List<Entry>> about(SqlClient client, MessageRef message) {
        return client.preparedQuery(ABOUT)
                .execute(Tuple.of(message.channel().tenant(), message.channel().id(), message.offset()))
                .map(PgInbox::entries);
    }

    /** Rewrites what events of one tenant say, without moving them. */
    public static Future<Void> replace(SqlClient client, String tenant, List<Entry> entries) {
        Buffer[] payloads = Arrays.bytes(entries, Entry::payload);
        return client.preparedQuery(REPLACE)
                .execute(Tuple.of(
                                tenant,
                                Arrays.texts(entries, entry -> entry.user().id()),
                                Arrays.longs(entries, Entry::offset))
                        .addArrayOfBuffer(payloads))
                .mapEmpty();
    }

    /** Forgets up to {@code limit} events older than that; gives how many. */
    public static Future<Integer> trim(SqlClient client, long beforeMillis, int limit) {
        return client.preparedQuery(TRIM)
                .execute(Tuple.of(beforeMillis, limit))
                .map(rows -> rows.iterator().next().getInteger("gone"));
    }

    private static String channelOf(Entry entry) {
        return entry.about().map(MessageRef::channel).map(ChannelKey::id).orElse("");
    }

    private static List<Entry> entries(io.vertx.sqlclient.RowSet<Row> rows) {
        List<Entry> entries = new ArrayList<>(rows.size());
        rows.forEach(row -> {
            UserKey user = new UserKey(row.getString("tenant"), row.getString("user_id"));
            long about = row.getLong("message_off");
            Optional<MessageRef> message = about == 0
                    ? Optional.empty()
                    : Optional.of(new MessageRef(user.channel(row.getString("channel_id")), about));
            entries.add(new Entry(user, row.getLong("off"), row.getLong("at_ms"), message, Rows.bytes(row, "payload")));
        });
        return entries;
    }
}
