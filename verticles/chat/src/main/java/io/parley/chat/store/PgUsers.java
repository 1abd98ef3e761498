package io.parley.chat.store;

import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Profile;
import io.parley.chat.domain.UserKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** People and programs by tenant and id. */
public final class PgUsers {
    /** A token with a new name renames its user; the same token as before does not undo a name given by hand. */
    private static final String SIGN_IN = """
            INSERT INTO app_user AS u (tenant, id, name, token_name, guest, created_at_ms)
            VALUES ($1, $2, $3, $3, $4, $5)
            ON CONFLICT (tenant, id) DO UPDATE SET
              name = CASE WHEN excluded.token_name <> '' THEN excluded.token_name ELSE u.name END,
              token_name = excluded.token_name, guest = excluded.guest
            WHERE (excluded.token_name <> '' AND u.token_name <> excluded.token_name) OR u.guest <> excluded.guest""";

    private static final String INVITE = """
            INSERT INTO app_user (tenant, id, created_at_ms)
            SELECT $1, id, $3 FROM unnest($2::text[]) AS n (id) ORDER BY id
            ON CONFLICT (tenant, id) DO NOTHING""";
    private static final String FIND = "SELECT u.tenant, " + Rows.PROFILE + """
             FROM unnest($1::text[], $2::text[]) AS k (tenant, id)
            JOIN app_user u ON u.tenant = k.tenant AND u.id = k.id""";
    private static final String UPDATE = """
            UPDATE app_user u SET name = coalesce($3::text, u.name), image_url = coalesce($4::text, u.image_url),
              custom = coalesce($5::bytea, u.custom)
            WHERE u.tenant = $1 AND u.id = $2 RETURNING\s""" + Rows.PROFILE;

    private PgUsers() {}

    public static Future<Void> signIn(SqlClient client, Actor actor, long nowMillis) {
        return client.preparedQuery(SIGN_IN)
                .execute(Tuple.of(actor.tenant(), actor.id(), actor.name(), actor.guest(), nowMillis))
                .mapEmpty();
    }

    /** Users that never signed in exist from their first invitation on. */
    public static Future<Void> invite(SqlClient client, String tenant, Collection<String> ids, long nowMillis) {
        return client.preparedQuery(INVITE)
                .execute(Tuple.of(tenant, ids.toArray(String[]::new), nowMillis))
                .mapEmpty();
    }

    /** Unknown ones are left out. */
    public static Future<Map<UserKey, Profile>> find(SqlClient client, Collection<UserKey> users) {
        return client.preparedQuery(FIND)
                .execute(Arrays.columns(Arrays.texts(users, UserKey::tenant), Arrays.texts(users, UserKey::id)))
                .map(PgUsers::profiles);
    }

    /** Absent fields stay. */
    public static Future<Optional<Profile>> update(
            SqlClient client, UserKey user, Optional<String> name, Optional<String> imageUrl, Optional<byte[]> custom) {
        return client.preparedQuery(UPDATE)
                .execute(Tuple.of(user.tenant(), user.id())
                        .addString(name.orElse(null))
                        .addString(imageUrl.orElse(null))
                        .addBuffer(custom.map(Buffer::buffer).orElse(null)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(Rows.profile(rows.iterator().next())));
    }

    private static Map<UserKey, Profile> profiles(RowSet<Row> rows) {
        Map<UserKey, Profile> found = new HashMap<>();
        rows.forEach(row -> found.put(new UserKey(row.getString("tenant"), row.getString("id")), Rows.profile(row)));
        return found;
    }
}
