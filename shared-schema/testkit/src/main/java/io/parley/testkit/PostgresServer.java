package io.parley.testkit;

import io.parley.schema.MigrationFiles;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL of a test run: a container where Docker answers, else the embedded binaries. It never syncs to
 * disk: tests of durability start the product's own server. New databases are copies of a template that has the
 * migrations.
 */
final class PostgresServer implements Closeable {
    private static final String IMAGE = "postgres:18-alpine";
    private static final String TEMPLATE = "parley_template";
    private static final Duration WAIT = Duration.ofSeconds(60);

    private final PgConnectOptions admin;
    private final Closeable server;
    private final AtomicInteger databases = new AtomicInteger();
    private boolean templateIsReady;

    private PostgresServer(PgConnectOptions admin, Closeable server) {
        this.admin = admin;
        this.server = server;
    }

    static PostgresServer start() {
        try {
            return Docker.answers() ? container() : embedded();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static PostgresServer embedded() throws IOException {
        var server = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .setServerConfig("synchronous_commit", "off")
                .setPGStartupWait(WAIT)
                .start();
        return new PostgresServer(
                new PgConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(server.getPort())
                        .setUser("postgres")
                        .setPassword("postgres")
                        .setDatabase("postgres"),
                server);
    }

    @SuppressWarnings("resource") // closed by close()
    private static PostgresServer container() {
        var container = new PostgreSQLContainer(IMAGE)
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200")
                .withStartupTimeout(WAIT);
        container.start();
        return new PostgresServer(
                new PgConnectOptions()
                        .setHost(container.getHost())
                        .setPort(container.getFirstMappedPort())
                        .setUser(container.getUsername())
                        .setPassword(container.getPassword())
                        .setDatabase(container.getDatabaseName()),
                container::close);
    }

    /** How to reach {@code database}. */
    PgConnectOptions options(String database) {
        return new PgConnectOptions(admin).setDatabase(database);
    }

    /** A database of its own for one test class, with the project's migrations applied. */
    synchronized String newDatabase() {
        if (!templateIsReady) {
            onAdmin("CREATE DATABASE " + TEMPLATE);
            migrate();
            templateIsReady = true;
        }
        return create(" TEMPLATE " + TEMPLATE);
    }

    /** A database with nothing in it. */
    synchronized String newEmptyDatabase() {
        return create("");
    }

    void drop(String database) {
        onAdmin("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    private String create(String suffix) {
        String database = "t" + databases.incrementAndGet();
        onAdmin("CREATE DATABASE " + database + suffix);
        return database;
    }

    /** As text, file after file: what is tested here is the SQL; the product's runner has tests of its own. */
    private void migrate() {
        var connection = connect(TEMPLATE);
        try {
            MigrationFiles.all()
                    .forEach(file -> bounded(connection.query(file.sql()).execute()));
        } finally {
            bounded(connection.close());
        }
    }

    private void onAdmin(String sql) {
        var connection = connect(admin.getDatabase());
        try {
            bounded(connection.query(sql).execute());
        } finally {
            bounded(connection.close());
        }
    }

    private PgConnection connect(String database) {
        return bounded(PgConnection.connect(TestVertx.shared(), options(database)));
    }

    static <T extends @Nullable Object> T bounded(Future<T> future) {
        try {
            return future.await(WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("no answer within " + WAIT, late);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
