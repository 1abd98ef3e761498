package io.parley.testkit;

import io.parley.schema.MigrationFiles;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real PostgreSQL: one server per test run, one database per test class with all migrations applied. Ask for it as a
 * parameter of a test or of {@code @BeforeAll}. The server forgets everything at the end (fsync is off).
 */
public final class TestPostgres implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The server of this JVM; started by the first class that needs it, stopped by the JVM's end. */
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("synchronous_commit", "off")
                        .start();
                migrate(server);
                return server;
            } catch (IOException | SQLException failure) {
                throw new IllegalStateException("PostgreSQL for tests does not start", failure);
            }
        }

        private static void migrate(EmbeddedPostgres server) throws SQLException {
            execute(server, "postgres", "CREATE DATABASE migrated");
            for (MigrationFiles.Migration migration : MigrationFiles.all()) {
                execute(server, "migrated", migration.sql());
            }
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final List<Pool> pools = new ArrayList<>();
    private String database = "";

    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        database = "test_" + DATABASES.incrementAndGet();
        execute(Server.RUNNING, "postgres", "CREATE DATABASE " + database + " TEMPLATE migrated");
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        pools.forEach(Pool::close);
        vertx.close().await(10, TimeUnit.SECONDS);
        execute(Server.RUNNING, "postgres", "DROP DATABASE " + database + " WITH (FORCE)");
    }

    /** A pool of {@code connections} on this class's database, closed with the class. */
    public Pool pool(int connections) {
        return pool(vertx, connections);
    }

    /** The same on the event loops of {@code on}. */
    public Pool pool(Vertx on, int connections) {
        Pool pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections))
                .connectingTo(PgConnectOptions.fromUri(url()))
                .using(on)
                .build();
        pools.add(pool);
        return pool;
    }

    /** As in {@code PARLEY_PG_URL}. */
    public String url() {
        return "postgresql://postgres:postgres@127.0.0.1:" + Server.RUNNING.getPort() + "/" + database;
    }

    public void execute(String sql) {
        try {
            execute(Server.RUNNING, database, sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The first column of every row. */
    public List<Long> longs(String sql) {
        try (Connection connection = connect(Server.RUNNING, database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Long> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getLong(1));
            }
            return values;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void execute(EmbeddedPostgres server, String database, String sql) throws SQLException {
        try (Connection connection = connect(server, database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(EmbeddedPostgres server, String database) throws SQLException {
        return server.getDatabase("postgres", database).getConnection();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestPostgres.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return this;
    }
}
