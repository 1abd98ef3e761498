package io.parley.app.embedded;

import io.parley.app.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that nobody configured elsewhere. Started side by side; when one fails the other is stopped again, so
 * that a failed start leaves nothing running.
 */
public final class EmbeddedStores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStores.class);
    private static final String POSTGRES_PASSWORD = "postgres.password";
    private final Optional<EmbeddedPostgresServer> postgres;
    private final Optional<EmbeddedRedisServer> redis;

    private EmbeddedStores(Optional<EmbeddedPostgresServer> postgres, Optional<EmbeddedRedisServer> redis) {
        this.postgres = postgres;
        this.redis = redis;
    }

    /** Blocks until the wanted servers answer. */
    public static EmbeddedStores start(Path folder, boolean wantPostgres, boolean wantRedis) {
        Path redisFolder = folder.resolve("redis");
        Optional<Path> redisProgram = wantRedis ? Optional.of(unpackRedis(redisFolder)) : Optional.empty();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Path postgresPassword = folder.resolve(POSTGRES_PASSWORD);
            Path redisPassword = folder.resolve("redis.password");
            Future<Optional<EmbeddedPostgresServer>> postgres = threads.submit(when(
                    wantPostgres, () -> EmbeddedPostgresServer.start(folder.resolve("postgres"), postgresPassword)));
            Future<Optional<EmbeddedRedisServer>> redis = threads.submit(when(
                    wantRedis,
                    () -> EmbeddedRedisServer.start(redisProgram.orElseThrow(), redisFolder, redisPassword)));
            List<String> failures = new ArrayList<>();
            EmbeddedStores stores =
                    new EmbeddedStores(result(postgres, "PostgreSQL", failures), result(redis, "Redis", failures));
            if (!failures.isEmpty()) {
                stores.close();
                throw new StartException(String.join("; ", failures));
            }
            return stores;
        }
    }

    private static Path unpackRedis(Path folder) {
        try {
            return EmbeddedRedisServer.unpack(folder);
        } catch (IOException failure) {
            throw new StartException("the embedded Redis does not start: " + failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while Redis was starting");
        }
    }

    private static <T> Callable<Optional<T>> when(boolean wanted, Callable<T> start) {
        return () -> wanted ? Optional.of(start.call()) : Optional.empty();
    }

    private static <T> Optional<T> result(Future<Optional<T>> server, String name, List<String> failures) {
        try {
            return server.get();
        } catch (ExecutionException failure) {
            failures.add("the embedded " + name + " does not start: " + failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            failures.add("interrupted while " + name + " was starting");
        }
        return Optional.empty();
    }

    /** The PostgreSQL of a node that runs on the folder now. */
    public static Optional<String> runningPostgres(Path folder) {
        try {
            return EmbeddedPostgresServer.running(folder.resolve("postgres"), folder.resolve(POSTGRES_PASSWORD));
        } catch (IOException failure) {
            throw new StartException("cannot look into " + folder + ": " + failure);
        }
    }

    public Optional<String> postgresUrl() {
        return postgres.map(EmbeddedPostgresServer::url);
    }

    public Optional<String> redisUrl() {
        return redis.map(EmbeddedRedisServer::url);
    }

    @Override
    public void close() {
        redis.ifPresent(server -> closeQuietly(server::close, "Redis"));
        postgres.ifPresent(server -> closeQuietly(server::close, "PostgreSQL"));
    }

    private interface Closing {
        void run() throws IOException;
    }

    private static void closeQuietly(Closing closing, String name) {
        try {
            closing.run();
        } catch (IOException failure) {
            LOG.warn("the embedded {} did not stop well: {}", name, failure.toString());
        }
    }
}
