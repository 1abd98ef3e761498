package io.parley.chat.store;

import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.MessageView;
import io.parley.chat.domain.MessageView.Quoted;
import io.parley.chat.domain.MessageView.ReactionTally;
import io.parley.chat.domain.Segments;
import io.parley.chat.domain.ThreadView;
import io.parley.chat.domain.UserKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of messages with all that hangs on them, one statement a page: first the page is cut, then its authors, quotes,
 * threads, reactions and pins are looked up for its rows only.
 */
public final class PgPages {
    /**
     * Which messages, for whom.
     *
     * @param head the newest offset that a page may hold
     * @param parentOffset of a thread; 0 = the timeline
     */
    public record Query(ChannelKey channel, String viewer, Segments segments, long head, long parentOffset) {}

    /** Offsets, both included. */
    private record Window(long low, long high) {}

    /** Offsets in the first window per message wanted: edits, reactions, markers and replies lie between messages. */
    private static final int FIRST_WINDOW = 4;
    /** How many times more each further window holds. */
    private static final int GROWTH = 16;

    private static final String CUT = "WITH page AS MATERIALIZED (SELECT " + Rows.MESSAGE + """
             FROM message g
            WHERE g.tenant = $1 AND g.channel_id = $2 AND g.month BETWEEN $4 AND $5 AND\s""";
    /** Each LIMIT keeps its lookup one by key per row, whatever PostgreSQL believes of the tables' sizes. */
    private static final String HANG = """
            )
            SELECT g.*, u.id AS u_id, u.name AS u_name, u.image_url AS u_image_url, u.guest AS u_guest,
              u.custom AS u_custom, u.created_at_ms AS u_created_at_ms,
              q.author_id AS q_author, q.body AS q_body, q.deleted_at_ms AS q_deleted,
              t.reply_count, t.last_reply_at_ms, t.participants,
              p.message_off IS NOT NULL AS pinned, x.kinds, x.counts, x.own
            FROM page g
            LEFT JOIN LATERAL (SELECT * FROM app_user a WHERE a.tenant = $1 AND a.id = g.author_id LIMIT 1) u ON true
            LEFT JOIN LATERAL (SELECT s.author_id, s.body, s.deleted_at_ms FROM message s
              WHERE g.quoted_off > 0 AND s.tenant = $1 AND s.channel_id = $2 AND s.off = g.quoted_off
                AND s.month <= g.month AND s.id = g.quoted_id LIMIT 1) q ON true
            LEFT JOIN LATERAL (SELECT * FROM thread h
              WHERE h.tenant = $1 AND h.channel_id = $2 AND h.parent_off = g.off LIMIT 1) t ON true
            LEFT JOIN LATERAL (SELECT n.message_off FROM pin n
              WHERE n.tenant = $1 AND n.channel_id = $2 AND n.message_off = g.off LIMIT 1) p ON true
            LEFT JOIN LATERAL (SELECT array_agg(r.kind ORDER BY r.first_ms, r.kind) AS kinds,
                array_agg(r.n ORDER BY r.first_ms, r.kind) AS counts,
                array_agg(r.own ORDER BY r.first_ms, r.kind) AS own
              FROM (SELECT kind, count(*)::integer AS n, bool_or(user_id = $3) AS own, min(at_ms) AS first_ms
                FROM reaction WHERE tenant = $1 AND channel_id = $2 AND message_off = g.off GROUP BY kind) r) x ON true
            ORDER BY g.off""";

    private static final String TIMELINE = "g.timeline AND g.off BETWEEN $6 AND $7 ORDER BY g.off";
    private static final String THREAD = "g.parent_off = $9 AND g.off BETWEEN $6 AND $7 ORDER BY g.off";
    private static final String TIMELINE_OLDER = CUT + TIMELINE + " DESC LIMIT $8" + HANG;
    private static final String TIMELINE_NEWER = CUT + TIMELINE + " LIMIT $8" + HANG;
    private static final String THREAD_OLDER = CUT + THREAD + " DESC LIMIT $8" + HANG;
    private static final String THREAD_NEWER = CUT + THREAD + " LIMIT $8" + HANG;
    private static final String THESE = CUT + "g.off = ANY ($6::bigint[]) LIMIT $7" + HANG;
    /** Halves the dense offsets until one is left: the first whose event is newer than the time. */
    private static final String AT_TIME = """
            WITH RECURSIVE halving (low, high) AS (
              SELECT $3::bigint, $4::bigint
              UNION ALL
              SELECT CASE WHEN e.at_ms <= $5 THEN e.off + 1 ELSE h.low END,
                CASE WHEN e.at_ms <= $5 THEN h.high ELSE e.off END
              FROM halving h CROSS JOIN LATERAL (SELECT off, at_ms FROM channel_event
                WHERE tenant = $1 AND channel_id = $2 AND off = (h.low + h.high) / 2) e
              WHERE h.low < h.high)
            SELECT max(low) AS off FROM halving""";

    private static final String NEWEST = "SELECT " + Rows.MESSAGE + """
            , u.id AS u_id, u.name AS u_name, u.image_url AS u_image_url, u.guest AS u_guest, u.custom AS u_custom,
              u.created_at_ms AS u_created_at_ms
            FROM unnest($2::text[]) AS k (id)
            CROSS JOIN LATERAL (SELECT * FROM message x WHERE x.tenant = $1 AND x.channel_id = k.id AND x.timeline
              ORDER BY x.off DESC LIMIT 1) g
            LEFT JOIN app_user u ON u.tenant = g.tenant AND u.id = g.author_id""";

    private PgPages() {}

    /** The newest message of each timeline, for lists: with its author, without the rest. */
    public static Future<Map<String, MessageView>> newest(SqlClient client, UserKey viewer, List<String> channelIds) {
        if (channelIds.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return client.preparedQuery(NEWEST)
                .execute(Tuple.of(viewer.tenant(), (Object) channelIds.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, MessageView> newest = new HashMap<>();
                    rows.forEach(row -> newest.put(
                            row.getString("channel_id"),
                            new MessageView(
                                    Rows.message(row),
                                    Rows.authorIfAny(row),
                                    Optional.empty(),
                                    ThreadView.NONE,
                                    List.of(),
                                    false)));
                    return newest;
                });
    }

    /** Up to {@code limit} messages before {@code offset}, the newest of them, oldest first. */
    public static Future<List<MessageView>> older(SqlClient client, Query query, long offset, int limit) {
        return older(client, query, Math.min(offset - 1, query.head()), limit, firstReach(query, limit));
    }

    private static Future<List<MessageView>> older(SqlClient client, Query query, long high, int limit, long reach) {
        long first = query.segments().firstOffset();
        if (high < first) {
            return Future.succeededFuture(List.of());
        }
        long low = Math.max(first, high - reach + 1);
        String sql = query.parentOffset() > 0 ? THREAD_OLDER : TIMELINE_OLDER;
        return page(client, sql, query, new Window(low, high), limit).compose(newest -> {
            if (newest.size() >= limit) {
                return Future.succeededFuture(newest);
            }
            return older(client, query, low - 1, limit - newest.size(), reach * GROWTH)
                    .map(oldest -> joined(oldest, newest));
        });
    }

    /** Up to {@code limit} messages behind {@code offset}, the oldest of them, oldest first. */
    public static Future<List<MessageView>> newer(SqlClient client, Query query, long offset, int limit) {
        long first = query.segments().firstOffset();
        return newer(client, query, Math.max(offset + 1, first), limit, firstReach(query, limit));
    }

    private static Future<List<MessageView>> newer(SqlClient client, Query query, long low, int limit, long reach) {
        if (low > query.head()) {
            return Future.succeededFuture(List.of());
        }
        long high = Math.min(query.head(), low + reach - 1);
        String sql = query.parentOffset() > 0 ? THREAD_NEWER : TIMELINE_NEWER;
        return page(client, sql, query, new Window(low, high), limit).compose(oldest -> {
            if (oldest.size() >= limit) {
                return Future.succeededFuture(oldest);
            }
            return newer(client, query, high + 1, limit - oldest.size(), reach * GROWTH)
                    .map(newest -> joined(oldest, newest));
        });
    }

    /**
     * How many offsets the first statement may look at. Bounding it keeps a page of the timeline cheap with any plan:
     * PostgreSQL knows nothing of a table that is filling, and may read and sort all of a channel. Replies of a thread
     * lie far apart and have an index of their own, so they are looked for in one statement.
     */
    private static long firstReach(Query query, int limit) {
        return query.parentOffset() > 0 ? query.head() : (long) FIRST_WINDOW * limit;
    }

    /** These messages, in or out of the timeline, oldest first. */
    public static Future<List<MessageView>> these(SqlClient client, Query query, List<Long> offsets) {
        if (offsets.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Segments segments = query.segments();
        return client.preparedQuery(THESE)
                .execute(start(query, segments.firstMonth(), segments.lastMonth())
                        .addArrayOfLong(offsets.toArray(Long[]::new))
                        .addInteger(offsets.size()))
                .map(PgPages::views);
    }

    /** The first offset whose event is newer than a time; one behind the head when none is. */
    public static Future<Long> firstAfter(
            SqlClient client, ChannelKey channel, Segments segments, long head, long atMillis) {
        return client.preparedQuery(AT_TIME)
                .execute(Tuple.of(channel.tenant(), channel.id(), segments.firstOffset(), head + 1, atMillis))
                .map(rows -> rows.iterator().next().getLong("off"));
    }

    private static Future<List<MessageView>> page(SqlClient client, String sql, Query query, Window window, int limit) {
        Segments segments = query.segments();
        Tuple arguments = start(query, segments.monthOf(window.low()), segments.monthOf(window.high()))
                .addLong(window.low())
                .addLong(window.high())
                .addInteger(limit);
        if (query.parentOffset() > 0) {
            arguments.addLong(query.parentOffset());
        }
        return client.preparedQuery(sql).execute(arguments).map(PgPages::views);
    }

    private static Tuple start(Query query, int firstMonth, int lastMonth) {
        return Tuple.of(query.channel().tenant(), query.channel().id(), query.viewer(), firstMonth, lastMonth);
    }

    private static List<MessageView> joined(List<MessageView> first, List<MessageView> second) {
        List<MessageView> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static List<MessageView> views(RowSet<Row> rows) {
        List<MessageView> views = new ArrayList<>(rows.size());
        rows.forEach(row -> views.add(view(row)));
        return views;
    }

    private static MessageView view(Row row) {
        return new MessageView(
                Rows.message(row),
                Rows.authorIfAny(row),
                quoted(row),
                thread(row),
                tallies(row),
                row.getBoolean("pinned"));
    }

    private static Optional<Quoted> quoted(Row row) {
        String author = row.getString("q_author");
        return author == null
                ? Optional.empty()
                : Optional.of(new Quoted(author, row.getString("q_body"), row.getLong("q_deleted") > 0));
    }

    private static ThreadView thread(Row row) {
        Integer replies = row.getInteger("reply_count");
        return replies == null
                ? ThreadView.NONE
                : new ThreadView(
                        replies, row.getLong("last_reply_at_ms"), List.of(row.getArrayOfStrings("participants")));
    }

    private static List<ReactionTally> tallies(Row row) {
        String[] kinds = row.getArrayOfStrings("kinds");
        if (kinds == null) {
            return List.of();
        }
        Integer[] counts = row.getArrayOfIntegers("counts");
        Boolean[] own = row.getArrayOfBooleans("own");
        List<ReactionTally> tallies = new ArrayList<>(kinds.length);
        for (int i = 0; i < kinds.length; i++) {
            tallies.add(new ReactionTally(kinds[i], counts[i], own[i]));
        }
        return tallies;
    }
}
