package io.parley.kernel.store;

import io.parley.kernel.config.Settings;
import io.parley.schema.Clock;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How the stores are reached. Statements keep no state on a connection between transactions, so a PgBouncer in
 * transaction mode may stand in front (then {@code pg.prepared} is false, unless it tracks prepared statements).
 *
 * @param connectionsMax of this process, to PostgreSQL
 * @param patience for a free connection, before the store counts as unavailable
 */
public record StoreConfig(int connectionsMax, Duration patience, boolean prepared, int redisConnectionsMax) {
    /** Requests to Redis that may wait for an answer on one connection. */
    private static final int REDIS_OWED_MAX = 10_000;
    /** Connections for callers that want one of their own, and dead ones that nobody has taken back. */
    private static final int REDIS_CONNECTIONS_SPARE = 16;

    private static final int PG_WAITING_MAX = 10_000;
    private static final int PREPARED_CACHE_MAX = 512;
    private static final Duration STARTUP_PATIENCE = Duration.ofSeconds(30);

    public static StoreConfig from(Settings settings) {
        return new StoreConfig(
                settings.small("pg.connections", 12, 1, 1_000, "connections of this process to PostgreSQL"),
                settings.duration(
                        "pg.wait",
                        Duration.ofSeconds(3),
                        Duration.ofMillis(10),
                        Duration.ofMinutes(1),
                        "how long a request waits for a connection to PostgreSQL"),
                settings.bool("pg.prepared", true, "keep prepared statements; false behind an old PgBouncer"),
                settings.small("redis.connections", 4, 1, 1_000, "connections to Redis that all requests share"));
    }

    public Pool postgres(Vertx vertx, String url) {
        return postgres(vertx, url, "parley");
    }

    /** For what a process does once at its start, when a busy machine may take long over the first connection. */
    public Pool startup(Vertx vertx, String url) {
        return new StoreConfig(1, STARTUP_PATIENCE, prepared, redisConnectionsMax).postgres(vertx, url, "startup");
    }

    private Pool postgres(Vertx vertx, String url, String name) {
        PgConnectOptions connect = PgConnectOptions.fromUri(url)
                .setCachePreparedStatements(prepared)
                .setPreparedStatementCacheMaxSize(PREPARED_CACHE_MAX)
                .addProperty("application_name", "parley");
        PoolOptions pool = new PoolOptions()
                .setMaxSize(connectionsMax)
                .setMaxWaitQueueSize(PG_WAITING_MAX)
                .setConnectionTimeout((int) patience.toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setShared(true)
                .setName(name);
        return PgBuilder.pool()
                .with(pool)
                .with(new NetClientOptions().setConnectTimeout((int) patience.toMillis()))
                .connectingTo(connect)
                .using(vertx)
                .build();
    }

    public Redis redis(Vertx vertx, String url, Clock clock) {
        Redis pool = Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(url)
                        .setMaxPoolSize(redisConnectionsMax + REDIS_CONNECTIONS_SPARE)
                        .setMaxWaitingHandlers(REDIS_OWED_MAX));
        return new SharedRedis(pool, clock, redisConnectionsMax);
    }
}
