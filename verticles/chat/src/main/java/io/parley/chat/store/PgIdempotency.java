package io.parley.chat.store;

import io.parley.chat.domain.UserKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers of effects by key, written in the effect's own transaction, so that a crash cannot separate them. */
public final class PgIdempotency {
    /** A key within its scope. */
    public record EffectKey(UserKey user, String text) {}

    /**
     * What a key stands for. A send has no answer of its own but the place of its event.
     *
     * @param requestHash tells a repeated request from another one under the same key
     * @param channelId of a send, else empty; {@code month} and {@code offset} then say where its event is
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes for the store; compared with Arrays.equals
    public record Answer(
            EffectKey key,
            byte[] requestHash,
            byte[] answer,
            String channelId,
            int month,
            long offset,
            long atMillis) {}

    /** Held until the transaction ends; false when another transaction works on the same key. */
    private static final String CLAIM = """
            SELECT pg_try_advisory_xact_lock(
              hashtextextended($1::text || ' ' || $2::text || ' ' || $3::text, 0)) AS mine""";

    private static final String FIND = """
            SELECT i.* FROM unnest($1::text[], $2::text[], $3::text[]) AS k (tenant, user_id, key)
            JOIN idempotency i ON i.tenant = k.tenant AND i.user_id = k.user_id AND i.key = k.key""";
    private static final String REMEMBER = """
            INSERT INTO idempotency (tenant, user_id, key, request_hash, answer, channel_id, month, off, at_ms)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::text[],
              $7::integer[], $8::bigint[], $9::bigint[])""";
    /** The index by age is coarse, so a run with nothing to do reads little. */
    private static final String PURGE = """
            DELETE FROM idempotency WHERE ctid = ANY (ARRAY(
              SELECT ctid FROM idempotency WHERE at_ms < $1 LIMIT $2))""";

    private PgIdempotency() {}

    public static Future<Boolean> claim(SqlConnection connection, EffectKey key) {
        return connection
                .preparedQuery(CLAIM)
                .execute(Tuple.of(key.user().tenant(), key.user().id(), key.text()))
                .map(rows -> rows.iterator().next().getBoolean("mine"));
    }

    public static Future<Map<EffectKey, Answer>> find(SqlClient client, Collection<EffectKey> keys) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(
                        Arrays.texts(keys, key -> key.user().tenant()),
                        Arrays.texts(keys, key -> key.user().id()),
                        Arrays.texts(keys, EffectKey::text)))
                .map(rows -> {
                    Map<EffectKey, Answer> found = new HashMap<>();
                    rows.forEach(row -> found.put(key(row), answer(row)));
                    return found;
                });
    }

    public static Future<Optional<Answer>> find(SqlClient client, EffectKey key) {
        return find(client, List.of(key)).map(found -> Optional.ofNullable(found.get(key)));
    }

    /** Fails when another transaction took one of the keys first; the whole transaction then starts again. */
    public static Future<Void> remember(SqlConnection connection, List<Answer> answers) {
        Buffer[] hashes = Arrays.bytes(answers, Answer::requestHash);
        Buffer[] bodies = Arrays.bytes(answers, Answer::answer);
        Tuple columns = Tuple.of(
                Arrays.texts(answers, answer -> answer.key().user().tenant()),
                Arrays.texts(answers, answer -> answer.key().user().id()),
                Arrays.texts(answers, answer -> answer.key().text()));
        return connection
                .preparedQuery(REMEMBER)
                .execute(columns.addArrayOfBuffer(hashes)
                        .addArrayOfBuffer(bodies)
                        .addArrayOfString(Arrays.texts(answers, Answer::channelId))
                        .addArrayOfInteger(Arrays.ints(answers, Answer::month))
                        .addArrayOfLong(Arrays.longs(answers, Answer::offset))
                        .addArrayOfLong(Arrays.longs(answers, Answer::atMillis)))
                .mapEmpty();
    }

    /** Forgets up to {@code limit} answers older than that; gives how many. */
    public static Future<Integer> purge(SqlClient client, long beforeMillis, int limit) {
        return client.preparedQuery(PURGE)
                .execute(Tuple.of(beforeMillis, limit))
                .map(rows -> rows.rowCount());
    }

    private static EffectKey key(Row row) {
        return new EffectKey(new UserKey(row.getString("tenant"), row.getString("user_id")), row.getString("key"));
    }

    private static Answer answer(Row row) {
        return new Answer(
                key(row),
                Rows.bytes(row, "request_hash"),
                Rows.bytes(row, "answer"),
                row.getString("channel_id"),
                row.getInteger("month"),
                row.getLong("off"),
                row.getLong("at_ms"));
    }
}
