package io.parley.app;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.app.embedded.DataFolder;
import io.parley.app.embedded.EmbeddedStores;
import io.parley.chat.ChatAdmin;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.config.Settings;
import io.parley.kernel.store.Migrations;
import io.parley.kernel.store.StoreConfig;
import io.parley.schema.SecureRandomness;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The database of an installation for one command of its operator: the configured one, else that of the node which runs
 * on the data folder, else the folder's own, started for as long as the command takes. Blocks.
 */
final class AdminDatabase {
    private static final Duration PATIENCE = Duration.ofHours(1);

    private AdminDatabase() {}

    /** What the work came to; a refusal becomes an explanation. */
    static <T> T with(CommonOptions common, Settings settings, Function<ChatAdmin, Future<T>> work) {
        Optional<String> known =
                StoreUrls.from(settings).postgres().or(() -> EmbeddedStores.runningPostgres(common.data));
        return known.isPresent() ? at(known.get(), settings, work) : inFolder(common.data, settings, work);
    }

    private static <T> T inFolder(Path data, Settings settings, Function<ChatAdmin, Future<T>> work) {
        try (DataFolder folder = DataFolder.lock(data);
                EmbeddedStores stores = EmbeddedStores.start(folder.path(), true, false)) {
            return at(stores.postgresUrl().orElseThrow(), settings, work);
        }
    }

    private static <T> T at(String url, Settings settings, Function<ChatAdmin, Future<T>> work) {
        Vertx vertx = Vertx.vertx();
        Pool pool = StoreConfig.from(settings).postgres(vertx, url);
        try {
            ChatAdmin chat = new ChatAdmin(vertx, pool, new SecureRandomness(), new SimpleMeterRegistry());
            return Migrations.apply(pool)
                    .compose(_ -> work.apply(chat))
                    .await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new StartException("not done within " + PATIENCE.toMinutes() + " minutes");
        } catch (Refusal refusal) {
            throw new StartException(String.valueOf(refusal.getMessage()));
        } finally {
            pool.close();
            vertx.close();
        }
    }
}
