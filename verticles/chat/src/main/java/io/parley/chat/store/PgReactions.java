package io.parley.chat.store;

import io.parley.chat.domain.MessageRef;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Who reacted to what. */
public final class PgReactions {
    /** One reaction of one user. */
    public record Reacted(String kind, String userId, long atMillis) {
        /** Before every other in the order of lists. */
        public static final Reacted NONE = new Reacted("", "", 0);
    }

    private static final String ADD = """
            INSERT INTO reaction (tenant, channel_id, message_off, kind, user_id, at_ms)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING""";
    private static final String REMOVE = """
            DELETE FROM reaction
            WHERE tenant = $1 AND channel_id = $2 AND message_off = $3 AND kind = $4 AND user_id = $5
            RETURNING at_ms""";
    private static final String LIST = """
            SELECT kind, user_id, at_ms FROM reaction
            WHERE tenant = $1 AND channel_id = $2 AND message_off = $3 AND (at_ms, kind, user_id) > ($4, $5, $6)
            ORDER BY at_ms, kind, user_id LIMIT $7""";

    private PgReactions() {}

    /** False when it was there before. */
    public static Future<Boolean> add(SqlConnection sql, MessageRef message, Reacted reaction) {
        return sql.preparedQuery(ADD)
                .execute(of(message)
                        .addString(reaction.kind())
                        .addString(reaction.userId())
                        .addLong(reaction.atMillis()))
                .map(rows -> rows.rowCount() > 0);
    }

    /** False when there was none. */
    public static Future<Boolean> remove(SqlConnection sql, MessageRef message, String kind, String userId) {
        return sql.preparedQuery(REMOVE)
                .execute(of(message).addString(kind).addString(userId))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Oldest first, behind {@code after}. */
    public static Future<List<Reacted>> list(SqlClient sql, MessageRef message, Reacted after, int limit) {
        return sql.preparedQuery(LIST)
                .execute(of(message)
                        .addLong(after.atMillis())
                        .addString(after.kind())
                        .addString(after.userId())
                        .addInteger(limit))
                .map(rows -> {
                    List<Reacted> found = new ArrayList<>(rows.size());
                    rows.forEach(row -> found.add(
                            new Reacted(row.getString("kind"), row.getString("user_id"), row.getLong("at_ms"))));
                    return found;
                });
    }

    private static Tuple of(MessageRef message) {
        return Tuple.of(message.channel().tenant(), message.channel().id(), message.offset());
    }
}
