package io.parley.chat.store;

import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.MessageRef;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Pinned messages. */
public final class PgPins {
    private static final String ADD = """
            INSERT INTO pin (tenant, channel_id, message_off, pinned_by, pinned_at_ms, event_off)
            VALUES ($1, $2, $3, $4, $5, $6)""";
    private static final String REMOVE = "DELETE FROM pin WHERE tenant = $1 AND channel_id = $2 AND message_off = $3";
    private static final String LIST =
            "SELECT message_off FROM pin WHERE tenant = $1 AND channel_id = $2 ORDER BY event_off DESC";

    private PgPins() {}

    public static Future<Void> add(SqlConnection sql, MessageRef message, String by, long atMillis, long eventOffset) {
        return sql.preparedQuery(ADD)
                .execute(of(message).addString(by).addLong(atMillis).addLong(eventOffset))
                .mapEmpty();
    }

    /** False when it was not pinned. */
    public static Future<Boolean> remove(SqlConnection sql, MessageRef message) {
        return sql.preparedQuery(REMOVE).execute(of(message)).map(rows -> rows.rowCount() > 0);
    }

    /** Offsets of pinned messages, newest pin first. */
    public static Future<List<Long>> list(SqlClient sql, ChannelKey channel) {
        return sql.preparedQuery(LIST)
                .execute(Tuple.of(channel.tenant(), channel.id()))
                .map(rows -> {
                    List<Long> offsets = new ArrayList<>(rows.size());
                    rows.forEach(row -> offsets.add(row.getLong("message_off")));
                    return offsets;
                });
    }

    private static Tuple of(MessageRef message) {
        return Tuple.of(message.channel().tenant(), message.channel().id(), message.offset());
    }
}
