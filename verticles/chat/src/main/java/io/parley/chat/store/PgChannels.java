package io.parley.chat.store;

import io.parley.chat.domain.Channel;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Marker;
import io.parley.chat.domain.Member;
import io.parley.chat.domain.Segments;
import io.parley.chat.domain.UserKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Channels, alone or with how one user stands in them. */
public final class PgChannels {
    /** A channel as one user sees it. */
    public record Seen(Channel channel, Optional<Member> member, Marker marker, Segments segments) {}

    /** Places in the directory, which is sorted by name (in lower case) and id. */
    public record Name(String lowerCase, String id) {}

    /** Places in a list that is sorted by time and id, newest first. */
    public record Place(long atMillis, String id) {
        public static final Place START = new Place(Long.MAX_VALUE, "");
    }

    private static final String SEE = "SELECT " + Rows.CHANNEL + ", " + Rows.MEMBER + ", " + Rows.MARKER + """
            , (SELECT array_agg(s.month ORDER BY s.month) FROM channel_segment s
               WHERE s.tenant = c.tenant AND s.channel_id = c.id) AS segment_months,
              (SELECT array_agg(s.first_offset ORDER BY s.month) FROM channel_segment s
               WHERE s.tenant = c.tenant AND s.channel_id = c.id) AS segment_offsets
            FROM channel c
            LEFT JOIN member m ON m.tenant = c.tenant AND m.channel_id = c.id AND m.user_id = $3
            LEFT JOIN read_marker r ON r.tenant = c.tenant AND r.channel_id = c.id AND r.user_id = $3
            WHERE c.tenant = $1 AND c.id = $2""";
    /** Sorted, so that two transactions that lock several channels never wait for each other in a circle. */
    private static final String LOCK = "SELECT " + Rows.CHANNEL + """
             FROM unnest($1::text[], $2::text[]) AS k (tenant, id)
            JOIN channel c ON c.tenant = k.tenant AND c.id = k.id
            ORDER BY c.tenant, c.id FOR NO KEY UPDATE OF c""";

    private static final String INSERT = """
            INSERT INTO channel (tenant, id, type, name, topic, public, direct_key, custom, created_by, created_at_ms,
              updated_at_ms, epoch, month)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12) ON CONFLICT DO NOTHING""";
    private static final String OPEN_SEGMENT = """
            INSERT INTO channel_segment (tenant, channel_id, month, first_offset) VALUES ($1, $2, $3, 1)""";
    private static final String UPDATE = """
            UPDATE channel SET name = $3, topic = $4, public = $5, frozen = $6, slow_mode_seconds = $7, custom = $8,
              updated_at_ms = $9, version = $10
            WHERE tenant = $1 AND id = $2""";
    private static final String DELETE = """
            UPDATE channel SET deleted_at_ms = $3, direct_key = NULL, member_count = 0, version = version + 1
            WHERE tenant = $1 AND id = $2""";
    private static final String DIRECT = "SELECT id FROM channel WHERE tenant = $1 AND direct_key = $2";
    private static final String MINE = "SELECT " + Rows.CHANNEL + ", " + Rows.MEMBER + ", " + Rows.MARKER + """
            , NULL::integer[] AS segment_months, NULL::bigint[] AS segment_offsets
            FROM member m JOIN channel c ON c.tenant = m.tenant AND c.id = m.channel_id
            LEFT JOIN read_marker r ON r.tenant = c.tenant AND r.channel_id = c.id AND r.user_id = m.user_id
            WHERE m.tenant = $1 AND m.user_id = $2 AND c.deleted_at_ms = 0
              AND (greatest(c.last_message_at_ms, c.created_at_ms), c.id) < ($3, $4)
            ORDER BY greatest(c.last_message_at_ms, c.created_at_ms) DESC, c.id DESC LIMIT $5""";
    private static final String BROWSE = "SELECT " + Rows.CHANNEL + """
             FROM channel c
            WHERE c.tenant = $1 AND c.public AND c.deleted_at_ms = 0 AND (lower(c.name), c.id) > ($3, $4)
              AND starts_with(lower(c.name), lower($5))
              AND NOT EXISTS (SELECT 1 FROM member m WHERE m.tenant = c.tenant AND m.channel_id = c.id
                AND m.user_id = $2 AND m.state = 0)
            ORDER BY lower(c.name), c.id LIMIT $6""";

    private PgChannels() {}

    /** Also deleted ones: what that means is for the caller to decide. */
    public static Future<Optional<Seen>> see(SqlClient client, ChannelKey channel, String userId) {
        return client.preparedQuery(SEE)
                .execute(Tuple.of(channel.tenant(), channel.id(), userId))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(seen(rows.iterator().next())));
    }

    /** Until the end of the transaction nobody else appends to these channels or changes their members. */
    public static Future<Map<ChannelKey, Channel>> lock(SqlConnection connection, Collection<ChannelKey> keys) {
        return connection
                .preparedQuery(LOCK)
                .execute(Arrays.columns(Arrays.texts(keys, ChannelKey::tenant), Arrays.texts(keys, ChannelKey::id)))
                .map(rows -> {
                    Map<ChannelKey, Channel> locked = new HashMap<>();
                    channels(rows).forEach(channel -> locked.put(channel.key(), channel));
                    return locked;
                });
    }

    /** False when the id, or the member set of a direct conversation, is taken. */
    public static Future<Boolean> insert(SqlConnection connection, Channel channel, Optional<String> directKey) {
        Tuple columns = Tuple.of(channel.key().tenant(), channel.key().id(), channel.type(), channel.name())
                .addString(channel.topic())
                .addBoolean(channel.isPublic())
                .addString(directKey.orElse(null))
                .addBuffer(Buffer.buffer(channel.custom()))
                .addString(channel.createdBy())
                .addLong(channel.createdAtMillis())
                .addString(channel.epoch())
                .addInteger(channel.month());
        return connection.preparedQuery(INSERT).execute(columns).compose(rows -> {
            if (rows.rowCount() == 0) {
                return Future.succeededFuture(false);
            }
            return connection
                    .preparedQuery(OPEN_SEGMENT)
                    .execute(Tuple.of(channel.key().tenant(), channel.key().id(), channel.month()))
                    .map(true);
        });
    }

    /** Writes the fields that UpdateChannel may change. */
    public static Future<Void> update(SqlConnection connection, Channel channel) {
        return connection
                .preparedQuery(UPDATE)
                .execute(Tuple.of(
                                channel.key().tenant(),
                                channel.key().id(),
                                channel.name(),
                                channel.topic(),
                                channel.isPublic(),
                                channel.frozen())
                        .addInteger(channel.slowModeSeconds())
                        .addBuffer(Buffer.buffer(channel.custom()))
                        .addLong(channel.updatedAtMillis())
                        .addLong(channel.version()))
                .mapEmpty();
    }

    /** The row stays, so that the id is never taken again and the log stays readable to operators. */
    public static Future<Void> delete(SqlConnection connection, ChannelKey channel, long nowMillis) {
        return connection
                .preparedQuery(DELETE)
                .execute(Tuple.of(channel.tenant(), channel.id(), nowMillis))
                .mapEmpty();
    }

    public static Future<Optional<ChannelKey>> direct(SqlClient client, String tenant, String directKey) {
        return client.preparedQuery(DIRECT)
                .execute(Tuple.of(tenant, directKey))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(
                                new ChannelKey(tenant, rows.iterator().next().getString("id"))));
    }

    /** Joined and invited, most recently active first. */
    public static Future<List<Seen>> mine(SqlClient client, UserKey user, Place after, int limit) {
        return client.preparedQuery(MINE)
                .execute(Tuple.of(user.tenant(), user.id(), after.atMillis(), after.id(), limit))
                .map(rows -> {
                    List<Seen> channels = new ArrayList<>(rows.size());
                    rows.forEach(row -> channels.add(seen(row)));
                    return channels;
                });
    }

    /** Public ones that the user has not joined, by name, behind (name in lower case, id). */
    public static Future<List<Channel>> browse(SqlClient client, UserKey user, Name after, String prefix, int limit) {
        return client.preparedQuery(BROWSE)
                .execute(Tuple.of(user.tenant(), user.id(), after.lowerCase(), after.id(), prefix, limit))
                .map(PgChannels::channels);
    }

    private static Seen seen(Row row) {
        return new Seen(Rows.channel(row), Rows.memberIfAny(row), Rows.marker(row), Rows.segments(row));
    }

    private static List<Channel> channels(RowSet<Row> rows) {
        List<Channel> channels = new ArrayList<>(rows.size());
        rows.forEach(row -> channels.add(Rows.channel(row)));
        return channels;
    }
}
