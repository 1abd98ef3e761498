package io.parley.chat.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Map;

/** What all nodes share, and the partitions by month. */
public final class PgMaintenance {
    /** Made once, when the database was. */
    public record Shared(String inboxEpoch, String cursorKey) {}

    private static final String HAS_MONTH =
            "SELECT EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass($1::text)) AS there";

    private PgMaintenance() {}

    public static Future<Shared> shared(SqlClient client) {
        return client.query("SELECT name, value FROM chat_setting").execute().map(rows -> {
            Map<String, String> values = new HashMap<>();
            rows.forEach(row -> values.put(row.getString("name"), row.getString("value")));
            return new Shared(values.getOrDefault("inbox-epoch", ""), values.getOrDefault("cursor-key", ""));
        });
    }

    public static Future<Void> createMonth(SqlClient client, int month) {
        return client.preparedQuery("SELECT chat_create_month($1)")
                .execute(Tuple.of(month))
                .mapEmpty();
    }

    /** Whether the messages of this month are part of the whole. */
    public static Future<Boolean> hasMonth(SqlClient client, int month) {
        return client.preparedQuery(HAS_MONTH)
                .execute(Tuple.of("message_%d_%02d".formatted(month / 12, month % 12 + 1)))
                .map(rows -> rows.iterator().next().getBoolean("there"));
    }

    /** Its partitions stay as tables of their own, to be archived or dropped. */
    public static Future<Void> detachMonth(SqlClient client, int month) {
        return client.preparedQuery("SELECT chat_detach_month($1)")
                .execute(Tuple.of(month))
                .mapEmpty();
    }
}
