package io.parley.chat.store;

import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Marker;
import io.parley.chat.domain.MemberKey;
import io.parley.chat.domain.Unread;
import io.parley.chat.domain.UnreadTotals;
import io.parley.chat.domain.UserKey;
import io.parley.schema.Limits;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Read and delivered markers, and the counts that derive from them. */
public final class PgMarkers {
    /** A member's marker as it should be. */
    public record Move(MemberKey member, Marker marker) {}

    /** A marker that moved, and what decides whether others are shown it. */
    public record Delivered(MemberKey member, Marker marker, String channelType, int memberCount) {}

    private static final String MOVE = """
            INSERT INTO read_marker (tenant, channel_id, user_id, read_off, delivered_off, last_sent_at_ms)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])
              AS n (tenant, channel_id, user_id, read_off, delivered_off, last_sent_at_ms)
            ORDER BY 1, 2, 3
            ON CONFLICT (tenant, channel_id, user_id) DO UPDATE SET
              read_off = greatest(read_marker.read_off, excluded.read_off),
              delivered_off = greatest(read_marker.delivered_off, excluded.delivered_off),
              last_sent_at_ms = greatest(read_marker.last_sent_at_ms, excluded.last_sent_at_ms)""";
    private static final String MOVE_BACK = """
            UPDATE read_marker SET read_off = least(read_off, $4)
            WHERE tenant = $1 AND channel_id = $2 AND user_id = $3""";
    /** Only members have markers to move, and never beyond the head. */
    private static final String DELIVER = """
            UPDATE read_marker r SET delivered_off = least(n.off, n.head)
            FROM (SELECT k.tenant, k.channel_id, k.user_id, k.off, c.head, c.type, c.member_count
              FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS k (tenant, channel_id, user_id, off)
              JOIN channel c ON c.tenant = k.tenant AND c.id = k.channel_id
              JOIN read_marker held
                ON held.tenant = k.tenant AND held.channel_id = k.channel_id AND held.user_id = k.user_id
              WHERE held.delivered_off < least(k.off, c.head)
              ORDER BY 1, 2, 3 FOR UPDATE OF held) AS n
            WHERE r.tenant = n.tenant AND r.channel_id = n.channel_id AND r.user_id = n.user_id
              AND r.delivered_off < least(n.off, n.head)
            RETURNING r.tenant, r.channel_id, r.user_id, r.read_off, r.delivered_off, r.last_sent_at_ms,
              n.type, n.member_count""";

    private static final String FORGET =
            "DELETE FROM read_marker WHERE tenant = $1 AND channel_id = $2 AND user_id = ANY ($3::text[])";
    private static final String OF_CHANNEL = """
            SELECT r.user_id, r.read_off, r.delivered_off, r.last_sent_at_ms FROM read_marker r
            JOIN member m USING (tenant, channel_id, user_id)
            WHERE tenant = $1 AND channel_id = $2 AND m.state = 0 ORDER BY user_id LIMIT $3""";
    /** Counts stop at a limit, so that no marker left far behind makes a list slow. */
    private static final String COUNT = """
            SELECT k.id, r.messages, r.first_off, q.mentions
            FROM unnest($3::text[], $4::bigint[]) AS k (id, read_off)
            CROSS JOIN LATERAL (SELECT count(*) AS messages, min(x.off) AS first_off FROM (
              SELECT g.off FROM message g
              WHERE g.tenant = $1 AND g.channel_id = k.id AND g.off > k.read_off AND g.timeline
                AND g.deleted_at_ms = 0 AND g.author_id <> $2
              ORDER BY g.off LIMIT $5) x) r
            CROSS JOIN LATERAL (SELECT count(*) AS mentions FROM (
              SELECT DISTINCT n.message_off FROM mention n
              WHERE n.tenant = $1 AND n.channel_id = k.id AND n.user_id IN ($2, '@channel')
                AND n.message_off > k.read_off AND n.author_id <> $2
              LIMIT $5) x) q""";

    private static final String JOINED = """
            SELECT m.channel_id, coalesce(r.read_off, 0) AS read_off FROM member m
            JOIN channel c ON c.tenant = m.tenant AND c.id = m.channel_id
            LEFT JOIN read_marker r ON r.tenant = m.tenant AND r.channel_id = m.channel_id AND r.user_id = m.user_id
            WHERE m.tenant = $1 AND m.user_id = $2 AND m.state = 0 AND c.head > coalesce(r.read_off, 0)
            LIMIT $3""";

    private PgMarkers() {}

    /** Forward only, whatever else moved them meanwhile. */
    public static Future<Void> forward(SqlClient client, Collection<Move> moves) {
        return client.preparedQuery(MOVE)
                .execute(Tuple.of(
                        Arrays.texts(moves, move -> move.member().channel().tenant()),
                        Arrays.texts(moves, move -> move.member().channel().id()),
                        Arrays.texts(moves, move -> move.member().userId()),
                        Arrays.longs(moves, move -> move.marker().readOffset()),
                        Arrays.longs(moves, move -> move.marker().deliveredOffset()),
                        Arrays.longs(moves, move -> move.marker().lastSentAtMillis())))
                .mapEmpty();
    }

    public static Future<Void> back(SqlClient client, MemberKey member, long readOffset) {
        return client.preparedQuery(MOVE_BACK)
                .execute(Tuple.of(member.channel().tenant(), member.channel().id(), member.userId(), readOffset))
                .mapEmpty();
    }

    /** Gives the markers that moved. */
    public static Future<List<Delivered>> deliver(SqlClient client, List<Move> moves) {
        return client.preparedQuery(DELIVER)
                .execute(Tuple.of(
                        Arrays.texts(moves, move -> move.member().channel().tenant()),
                        Arrays.texts(moves, move -> move.member().channel().id()),
                        Arrays.texts(moves, move -> move.member().userId()),
                        Arrays.longs(moves, move -> move.marker().deliveredOffset())))
                .map(rows -> {
                    var moved = new java.util.ArrayList<Delivered>(rows.size());
                    rows.forEach(row -> moved.add(new Delivered(
                            new MemberKey(
                                    new ChannelKey(row.getString("tenant"), row.getString("channel_id")),
                                    row.getString("user_id")),
                            Rows.marker(row),
                            row.getString("type"),
                            row.getInteger("member_count"))));
                    return moved;
                });
    }

    public static Future<Void> forget(SqlClient client, ChannelKey channel, List<String> userIds) {
        return client.preparedQuery(FORGET)
                .execute(Tuple.of(channel.tenant(), channel.id(), userIds.toArray(String[]::new)))
                .mapEmpty();
    }

    /** Markers of the members, by user id. */
    public static Future<Map<String, Marker>> ofChannel(SqlClient client, ChannelKey channel) {
        return client.preparedQuery(OF_CHANNEL)
                .execute(Tuple.of(channel.tenant(), channel.id(), Limits.CHAT_RECEIPTS_MAX))
                .map(rows -> {
                    Map<String, Marker> markers = new java.util.LinkedHashMap<>();
                    rows.forEach(row -> markers.put(row.getString("user_id"), Rows.marker(row)));
                    return markers;
                });
    }

    /**
     * What is behind each marker: channel id to read offset in, counts out. One statement for any number of channels.
     */
    public static Future<Map<String, Unread>> count(SqlClient client, UserKey user, Map<String, Long> readOffsets) {
        if (readOffsets.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        List<String> channels = List.copyOf(readOffsets.keySet());
        return client.preparedQuery(COUNT)
                .execute(Tuple.of(
                        user.tenant(),
                        user.id(),
                        channels.toArray(String[]::new),
                        Arrays.longs(channels, id -> readOffsets.getOrDefault(id, 0L)),
                        Limits.CHAT_UNREAD_COUNT_MAX))
                .map(rows -> {
                    Map<String, Unread> counts = new HashMap<>();
                    rows.forEach(row -> counts.put(row.getString("id"), unread(row)));
                    return counts;
                });
    }

    /** Over all channels that the user has joined. */
    public static Future<UnreadTotals> totals(SqlClient client, UserKey user) {
        return client.preparedQuery(JOINED)
                .execute(Tuple.of(user.tenant(), user.id(), Limits.CHAT_UNREAD_CHANNELS_MAX))
                .compose(rows -> {
                    Map<String, Long> behind = new HashMap<>();
                    rows.forEach(row -> behind.put(row.getString("channel_id"), row.getLong("read_off")));
                    return count(client, user, behind);
                })
                .map(counts -> new UnreadTotals(
                        counts.values().stream().mapToLong(Unread::messages).sum(),
                        counts.values().stream().mapToLong(Unread::mentions).sum(),
                        counts.values().stream()
                                .filter(unread -> unread.messages() > 0)
                                .count()));
    }

    private static Unread unread(Row row) {
        return new Unread(
                row.getLong("messages"),
                row.getLong("mentions"),
                Optional.ofNullable(row.getLong("first_off")).orElse(0L));
    }
}
