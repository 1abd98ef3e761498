package io.parley.kernel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.kernel.config.Settings;
import io.parley.schema.MigrationFiles.Migration;
import io.parley.testkit.TestPostgres;
import io.parley.testkit.leak.LeakGate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({LeakGate.class, TestPostgres.class})
class MigrationsIT {
    private static final Migration FIRST =
            new Migration(1, "0001_a.sql", "CREATE TABLE a (id int); CREATE TABLE b (id int)");
    private static final Migration SECOND = new Migration(2, "0002_c.sql", "INSERT INTO a VALUES (1)");
    private static final Migration BROKEN = new Migration(2, "0002_x.sql", "INSERT INTO a VALUES (2); SELECT nonsense");

    private final Vertx vertx = Vertx.vertx();
    private final TestPostgres postgres;
    private Pool pool;

    MigrationsIT(TestPostgres postgres) {
        this.postgres = postgres;
        this.pool = postgres.pool(1);
    }

    @BeforeEach
    void anEmptyDatabase() {
        pool = StoreConfig.from(Settings.defaults()).postgres(vertx, postgres.emptyDatabaseUrl());
    }

    @AfterEach
    void close() {
        settled(pool.close());
        settled(vertx.close());
    }

    @Test
    void everyMigrationIsAppliedOnce() {
        assertEquals(1, settled(Migrations.apply(pool, List.of(FIRST))).result());
        assertEquals(1, settled(Migrations.apply(pool, List.of(FIRST, SECOND))).result());
        assertEquals(0, settled(Migrations.apply(pool, List.of(FIRST, SECOND))).result());
        assertEquals(1, count("SELECT count(*) FROM a"));
    }

    @Test
    void nodesThatStartAtOnceApplyThemOnceTogether() {
        var starts = IntStream.range(0, 8)
                .mapToObj(_ -> Migrations.apply(pool, List.of(FIRST, SECOND)))
                .toList();
        assertTrue(settled(Future.join(starts)).succeeded());
        assertEquals(2, starts.stream().mapToInt(Future::result).sum());
        assertEquals(1, count("SELECT count(*) FROM a"));
    }

    @Test
    void aMigrationThatFailsLeavesNothingOfItself() {
        settled(Migrations.apply(pool, List.of(FIRST)));
        assertTrue(settled(Migrations.apply(pool, List.of(FIRST, BROKEN))).failed());
        assertEquals(0, count("SELECT count(*) FROM a"));
        assertEquals(1, count("SELECT count(*) FROM schema_migration"));
    }

    @Test
    void aFileThatChangedAfterwardsIsNamed() {
        settled(Migrations.apply(pool, List.of(FIRST)));
        var changed = new Migration(1, FIRST.name(), FIRST.sql() + " ");
        assertTrue(refusal(List.of(changed)).contains("0001_a.sql was changed"));
    }

    @Test
    void aDatabaseOfANewerProgramIsRefused() {
        settled(Migrations.apply(pool, List.of(FIRST, SECOND)));
        assertTrue(refusal(List.of(FIRST)).contains("too old for this database"));
    }

    @Test
    void theProjectsOwnMigrationsApplyToAnEmptyDatabase() {
        assertTrue(settled(Migrations.apply(pool)).succeeded());
    }

    private String refusal(List<Migration> migrations) {
        return String.valueOf(
                settled(Migrations.apply(pool, migrations)).cause().getMessage());
    }

    private long count(String sql) {
        return settled(pool.query(sql).execute()).result().iterator().next().getLong(0);
    }

    private static <T> Future<T> settled(Future<T> future) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(future::isComplete);
        return future;
    }
}
