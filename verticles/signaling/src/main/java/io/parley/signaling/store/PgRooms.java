package io.parley.signaling.store;

import io.parley.signaling.domain.RoomFacts;
import io.parley.signaling.domain.RoomKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rooms, as they stay. */
public final class PgRooms {
    private static final String INSERT = """
            INSERT INTO room (tenant, id, name, channel_id, participant_limit, created_by, created_at_ms, create_key,
              create_hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING""";
    private static final String FIND = "SELECT * FROM room WHERE tenant = $1 AND id = $2";
    private static final String FIND_BY_KEY =
            "SELECT * FROM room WHERE tenant = $1 AND created_by = $2 AND create_key = $3";
    private static final String LIST_OF_CREATOR = """
            SELECT * FROM room WHERE tenant = $1 AND created_by = $2 AND closed_at_ms = 0
            ORDER BY created_at_ms DESC LIMIT $3""";
    private static final String LIST_OF_CHANNEL = """
            SELECT * FROM room WHERE tenant = $1 AND channel_id = $2 AND closed_at_ms = 0 AND channel_id <> ''
            ORDER BY created_at_ms DESC LIMIT $3""";
    private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended($1, $2))";
    private static final long CHANNEL_LOCKS = 0x726f_6f6d_7361_7450L;
    private static final String CLOSE =
            "UPDATE room SET closed_at_ms = $3 WHERE tenant = $1 AND id = $2 AND closed_at_ms = 0";

    private PgRooms() {}

    /** A room as it was asked for under an idempotency key. */
    public record Keyed(RoomFacts room, Buffer requestHash) {}

    /** False when the id or the key is taken. */
    public static Future<Boolean> insert(SqlClient sql, RoomFacts room, String key, Buffer requestHash) {
        return sql.preparedQuery(INSERT)
                .execute(Tuple.of(room.key().tenant(), room.key().id(), room.name(), room.channelId())
                        .addInteger(room.participantLimit())
                        .addString(room.createdBy())
                        .addLong(room.createdAtMillis())
                        .addString(key)
                        .addBuffer(requestHash))
                .map(rows -> rows.rowCount() > 0);
    }

    /**
     * As {@link #insert}, and also false when the channel has an open room. Those who come at the same time wait for
     * each other until their transaction ends.
     */
    public static Future<Boolean> insertFirst(SqlClient sql, RoomFacts room, String key, Buffer requestHash) {
        String channel = room.key().tenant() + "/" + room.channelId();
        return sql.preparedQuery(ONE_AT_A_TIME)
                .execute(Tuple.of(channel, CHANNEL_LOCKS))
                .compose(_ -> ofChannel(sql, room.key().tenant(), room.channelId(), 1))
                .compose(open -> open.isEmpty() ? insert(sql, room, key, requestHash) : Future.succeededFuture(false));
    }

    public static Future<Optional<RoomFacts>> find(SqlClient sql, RoomKey key) {
        return sql.preparedQuery(FIND).execute(Tuple.of(key.tenant(), key.id())).map(rows -> {
            var row = rows.iterator();
            return row.hasNext() ? Optional.of(room(row.next())) : Optional.empty();
        });
    }

    public static Future<Optional<Keyed>> findByKey(SqlClient sql, String tenant, String createdBy, String key) {
        return sql.preparedQuery(FIND_BY_KEY)
                .execute(Tuple.of(tenant, createdBy, key))
                .map(rows -> {
                    var row = rows.iterator();
                    if (!row.hasNext()) {
                        return Optional.empty();
                    }
                    Row found = row.next();
                    return Optional.of(new Keyed(room(found), found.getBuffer("create_hash")));
                });
    }

    /** Open rooms, newest first. */
    public static Future<List<RoomFacts>> ofCreator(SqlClient sql, String tenant, String userId, int limit) {
        return list(sql, LIST_OF_CREATOR, Tuple.of(tenant, userId, limit));
    }

    public static Future<List<RoomFacts>> ofChannel(SqlClient sql, String tenant, String channelId, int limit) {
        return list(sql, LIST_OF_CHANNEL, Tuple.of(tenant, channelId, limit));
    }

    private static Future<List<RoomFacts>> list(SqlClient sql, String statement, Tuple arguments) {
        return sql.preparedQuery(statement).execute(arguments).map(rows -> {
            List<RoomFacts> found = new ArrayList<>();
            rows.forEach(row -> found.add(room(row)));
            return found;
        });
    }

    /** False when it was closed before. */
    public static Future<Boolean> close(SqlClient sql, RoomKey key, long atMillis) {
        return sql.preparedQuery(CLOSE)
                .execute(Tuple.of(key.tenant(), key.id(), atMillis))
                .map(rows -> rows.rowCount() > 0);
    }

    private static RoomFacts room(Row row) {
        return new RoomFacts(
                new RoomKey(row.getString("tenant"), row.getString("id")),
                row.getString("name"),
                row.getString("channel_id"),
                row.getInteger("participant_limit"),
                row.getString("created_by"),
                row.getLong("created_at_ms"),
                row.getLong("closed_at_ms"));
    }
}
