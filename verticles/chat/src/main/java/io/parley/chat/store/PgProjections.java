package io.parley.chat.store;

import io.parley.chat.domain.ChannelKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** What is made from a channel's log, as a whole. */
public final class PgProjections {
    private static final List<String> TABLES =
            List.of("message", "message_version", "thread", "member", "reaction", "pin", "mention");
    private static final String SETTLE = """
            UPDATE channel c SET
              member_count = (SELECT count(*) FROM member m
                WHERE m.tenant = $1 AND m.channel_id = $2 AND m.state = 0),
              last_message_at_ms = greatest(c.last_message_at_ms, coalesce((SELECT max(g.created_at_ms) FROM message g
                WHERE g.tenant = $1 AND g.channel_id = $2), 0))
            WHERE c.tenant = $1 AND c.id = $2""";

    private PgProjections() {}

    public static Future<Void> clear(SqlConnection sql, ChannelKey channel) {
        Future<Void> cleared = Future.succeededFuture();
        for (String table : TABLES) {
            cleared = cleared.compose(
                    _ -> sql.preparedQuery("DELETE FROM " + table + " WHERE tenant = $1 AND channel_id = $2")
                            .execute(Tuple.of(channel.tenant(), channel.id()))
                            .mapEmpty());
        }
        return cleared;
    }

    /** Counts what the channel's row says about its projections. */
    public static Future<Void> settle(SqlConnection sql, ChannelKey channel) {
        return sql.preparedQuery(SETTLE)
                .execute(Tuple.of(channel.tenant(), channel.id()))
                .mapEmpty();
    }
}
