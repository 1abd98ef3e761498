package io.parley.kernel.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.Randomness;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.TransactionRollbackException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way to the database: everything has a time limit, losers of a race try again, and a database that does not
 * answer is UNAVAILABLE. Thread-safe.
 */
public final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    /** Serialization failure, deadlock, and a unique key that another transaction took first. */
    private static final Set<String> LOST_RACES = Set.of("40001", "40P01", "23505");
    /** SQL states by class that speak of the server or the connection, not of the statement. */
    private static final Set<String> WEATHER_CLASSES = Set.of("08", "28", "3D", "53", "57", "58");
    /**
     * A database that takes no connections just now, and a server that may only be read: a failover is going on. And a
     * transaction in which this process fell silent for too long.
     */
    private static final Set<String> WEATHER_STATES = Set.of("55000", "25006", "25P03");

    private final Vertx vertx;
    private final Pool pool;
    private final Randomness randomness;
    private final Duration limit;
    private final Timer commits;
    private final MeterRegistry meters;
    private final Counter retries;

    /** {@code role} names the metrics: {@code parley.ROLE.transaction.duration}. */
    public Transactions(
            String role, Vertx vertx, Pool pool, Randomness randomness, Duration limit, MeterRegistry meters) {
        this.vertx = vertx;
        this.pool = pool;
        this.randomness = randomness;
        this.limit = limit;
        this.meters = meters;
        this.commits = Timer.builder("parley." + role + ".transaction.duration")
                .publishPercentileHistogram()
                .register(meters);
        this.retries = meters.counter("parley." + role + ".transactions.retried");
    }

    /** Reads outside a transaction. */
    public <T> Future<T> read(Function<SqlClient, Future<T>> question) {
        return bounded(question.apply(pool)).recover(Transactions::asRefusal);
    }

    /**
     * Completed means committed. {@code work} may run again from the start when it lost a race, so it keeps no state.
     */
    public <T> Future<T> write(Function<SqlConnection, Future<T>> work) {
        return attempt(work, 1).recover(Transactions::asRefusal);
    }

    private <T> Future<T> attempt(Function<SqlConnection, Future<T>> work, int attempt) {
        Timer.Sample sample = Timer.start(meters);
        return bounded(pool.withTransaction(connection -> limited(connection, work)))
                .onSuccess(_ -> sample.stop(commits))
                .recover(failure -> lostARace(failure) && attempt < Limits.TRANSACTION_ATTEMPTS_MAX
                        ? pause(attempt).compose(_ -> attempt(work, attempt + 1))
                        : Future.failedFuture(failure));
    }

    /**
     * The server gives up too, so that a connection is never busy with what nobody waits for, and a process that froze
     * in the middle of its transaction does not hold the rows of others. Local to the transaction.
     */
    private <T> Future<T> limited(SqlConnection connection, Function<SqlConnection, Future<T>> work) {
        long millis = limit.toMillis();
        Future<?> limiting = connection
                .query("SET LOCAL statement_timeout = " + millis + "; SET LOCAL idle_in_transaction_session_timeout = "
                        + millis)
                .execute();
        Future<T> working = work.apply(connection);
        return limiting.compose(_ -> working);
    }

    private <T> Future<T> bounded(Future<T> answer) {
        return answer.timeout(limit.toMillis() + Limits.TRANSACTION_GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Future<Void> pause(int attempt) {
        retries.increment();
        return vertx.timer(1 + randomness.below(10L * attempt)).mapEmpty();
    }

    private static boolean lostARace(Throwable failure) {
        return failure instanceof PgException pg && LOST_RACES.contains(pg.getSqlState());
    }

    /** Weather is UNAVAILABLE; what the program did wrong stays what it is. */
    private static <T> Future<T> asRefusal(Throwable failure) {
        if (failure instanceof Refusal || !isWeather(failure)) {
            return Future.failedFuture(failure);
        }
        LOG.atWarn().addKeyValue("cause", failure.toString()).log("the database did not answer");
        return Future.failedFuture(Refusal.after(ErrorCode.UNAVAILABLE, Limits.STORE_RETRY_AFTER_MILLIS));
    }

    private static boolean isWeather(Throwable failure) {
        return switch (failure) {
            case PgException pg -> isWeather(pg.getSqlState());
            case IOException _, TimeoutException _, TransactionRollbackException _ -> true;
            // The driver's own complaints: a connection that broke has no cause of ours; a wrong parameter names
            // itself.
            case VertxException driver -> !String.valueOf(driver.getMessage()).startsWith("Parameter ");
            case RuntimeException _, Error _ -> false;
            default -> true; // a bare Throwable: the pool had no connection in time
        };
    }

    private static boolean isWeather(String sqlState) {
        return LOST_RACES.contains(sqlState)
                || WEATHER_STATES.contains(sqlState)
                || WEATHER_CLASSES.contains(sqlState.substring(0, Math.min(2, sqlState.length())));
    }
}
