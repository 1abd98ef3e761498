package io.parley.chat;

import io.parley.testkit.TestPostgres;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;

/** Takes a test's database away from everybody, and gives it back. */
final class TestDatabaseSwitch {
    private final PgConnectOptions admin;
    private final String database;

    TestDatabaseSwitch(TestPostgres postgres) {
        this.database = postgres.options().getDatabase();
        this.admin = new PgConnectOptions(postgres.options()).setDatabase("postgres");
    }

    void off() {
        run("ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");
        run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
    }

    void on() {
        run("ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
    }

    private void run(String sql) {
        Vertx vertx = Vertx.vertx();
        ChatNode.await(PgConnection.connect(vertx, admin)
                .compose(connection -> connection.query(sql).execute().compose(_ -> connection.close())));
        ChatNode.await(vertx.close());
    }
}
