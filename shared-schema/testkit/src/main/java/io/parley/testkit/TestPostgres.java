package io.parley.testkit;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real PostgreSQL in a test: {@code @ExtendWith(TestPostgres.class)}, then a parameter {@code TestPostgres}. One
 * server per JVM; a database per test class, with the migrations applied, made when first asked for and dropped
 * afterwards. Tests of one class share it: use names of your own, or {@link #truncate()} before each.
 */
public final class TestPostgres implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(TestPostgres.class);

    private final List<Pool> pools = new ArrayList<>();
    private final List<String> databases = new ArrayList<>();
    private int nesting;
    private @Nullable PostgresServer server;
    private @Nullable String database;
    private @Nullable Pool own;

    /** For {@code @ExtendWith}. */
    public TestPostgres() {}

    /** A pool of {@code size} connections to this class's database; closed after the class. */
    public Pool pool(int size) {
        return pool(TestVertx.shared(), size);
    }

    public synchronized Pool pool(Vertx vertx, int size) {
        var pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(size))
                .connectingTo(options())
                .using(vertx)
                .build();
        pools.add(pool);
        return pool;
    }

    /** How to reach this class's database. */
    public PgConnectOptions options() {
        return server().options(database());
    }

    /** As in {@code PARLEY_PG_URL}. */
    public String url() {
        return url(options());
    }

    /** The URL of one more database, with nothing in it: for tests of the migrations themselves. */
    public synchronized String emptyDatabaseUrl() {
        String empty = server().newEmptyDatabase();
        databases.add(empty);
        return url(server().options(empty));
    }

    /** Runs one or more statements, without arguments. */
    public void execute(String sql) {
        PostgresServer.bounded(own().query(sql).execute());
    }

    public List<Row> rows(String sql, Object... arguments) {
        var rows = PostgresServer.bounded(own().preparedQuery(sql).execute(Tuple.from(List.of(arguments))));
        var list = new ArrayList<Row>(rows.size());
        rows.forEach(list::add);
        return List.copyOf(list);
    }

    /** The first column of every row. */
    public List<Long> longs(String sql, Object... arguments) {
        return column(row -> row.getLong(0), sql, arguments);
    }

    /** The first column of every row. */
    public List<String> strings(String sql, Object... arguments) {
        return column(row -> row.getString(0), sql, arguments);
    }

    /** The only column of the only row. */
    public long number(String sql, Object... arguments) {
        var all = longs(sql, arguments);
        if (all.size() != 1) {
            throw new AssertionError("expected one row but got " + all.size() + " from " + sql);
        }
        return all.getFirst();
    }

    /** Empties every table but the record of migrations. */
    public void truncate() {
        var tables = strings("SELECT quote_ident(tablename)::text FROM pg_tables"
                + " WHERE schemaname = 'public' AND tablename <> 'schema_migration'");
        if (!tables.isEmpty()) {
            execute("TRUNCATE " + String.join(", ", tables) + " RESTART IDENTITY CASCADE");
        }
    }

    private <T> List<T> column(Function<Row, T> read, String sql, Object... arguments) {
        return rows(sql, arguments).stream().map(read).toList();
    }

    private static String url(PgConnectOptions options) {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                        options.getUser(),
                        options.getPassword(),
                        options.getHost(),
                        options.getPort(),
                        options.getDatabase());
    }

    private synchronized Pool own() {
        if (own == null) {
            own = pool(2);
        }
        return own;
    }

    private synchronized String database() {
        if (database == null) {
            database = server().newDatabase();
            databases.add(database);
        }
        return database;
    }

    private PostgresServer server() {
        if (server == null) {
            throw new IllegalStateException("only in a test with @ExtendWith(TestPostgres.class)");
        }
        return server;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        nesting++;
        server = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(PostgresServer.class, _ -> PostgresServer.start(), PostgresServer.class);
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) {
        if (--nesting > 0) {
            return; // a nested class ends, the outer one goes on
        }
        pools.forEach(pool -> PostgresServer.bounded(pool.close()));
        databases.forEach(server()::drop);
        pools.clear();
        databases.clear();
        database = null;
        own = null;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestPostgres.class;
    }

    @Override
    public TestPostgres resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return this;
    }
}
