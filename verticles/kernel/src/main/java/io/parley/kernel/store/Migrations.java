package io.parley.kernel.store;

import io.parley.schema.MigrationFiles;
import io.parley.schema.MigrationFiles.Migration;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Brings a database up to this program: every migration once, in order, all missing ones in one transaction under an
 * advisory lock, so that several nodes may start at once. It never goes back, and refuses a database that was migrated
 * by other files or a newer program.
 *
 * <p>Our own, because it is small, asynchronous and costs a start three round trips; libraries for this bring JDBC and
 * a second or so.
 */
public final class Migrations {
    /** Any number, the same in all versions: who holds it migrates. */
    private static final long LOCK = 0x9a41e7L;

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS schema_migration (
              version int PRIMARY KEY, name text NOT NULL, checksum bigint NOT NULL,
              applied_at timestamptz NOT NULL DEFAULT now())""";
    /** The table exists already at every start but the first: no news. */
    private static final String HUSH = "SET LOCAL client_min_messages = warning";

    private static final String RECORD = "INSERT INTO schema_migration (version, name, checksum) VALUES ($1, $2, $3)";

    private Migrations() {}

    /** Completes with the number of migrations applied. */
    public static Future<Integer> apply(Pool pool) {
        return apply(pool, MigrationFiles.all());
    }

    static Future<Integer> apply(Pool pool, List<Migration> migrations) {
        return pool.withTransaction(connection -> run(connection, "SELECT pg_advisory_xact_lock(" + LOCK + ")")
                .compose(_ -> run(connection, HUSH))
                .compose(_ -> run(connection, TABLE))
                .compose(_ -> run(connection, "SELECT version, name, checksum FROM schema_migration ORDER BY version"))
                .compose(rows -> applyMissing(connection, migrations, rows)));
    }

    private static Future<Integer> applyMissing(
            SqlConnection connection, List<Migration> migrations, RowSet<Row> rows) {
        Map<Integer, Row> applied = new HashMap<>();
        rows.forEach(row -> applied.put(row.getInteger("version"), row));
        if (applied.size() > migrations.size()) {
            return Future.failedFuture(new IllegalStateException(
                    "the database is at migration %d, this program knows %d: it is too old for this database"
                            .formatted(applied.size(), migrations.size())));
        }
        Future<Void> done = Future.succeededFuture();
        for (Migration migration : migrations) {
            Row row = applied.get(migration.version());
            if (row == null) {
                done = done.compose(_ -> applyOne(connection, migration));
            } else if (row.getLong("checksum") != checksum(migration)) {
                return Future.failedFuture(new IllegalStateException(
                        "migration " + migration.name() + " was changed after it was applied to this database"));
            }
        }
        return done.map(migrations.size() - applied.size());
    }

    private static Future<Void> applyOne(SqlConnection connection, Migration migration) {
        return run(connection, migration.sql())
                .compose(_ -> connection
                        .preparedQuery(RECORD)
                        .execute(Tuple.of(migration.version(), migration.name(), checksum(migration))))
                .mapEmpty();
    }

    private static Future<RowSet<Row>> run(SqlConnection connection, String sql) {
        return connection.query(sql).execute();
    }

    private static long checksum(Migration migration) {
        CRC32 crc = new CRC32();
        crc.update(migration.sql().getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
