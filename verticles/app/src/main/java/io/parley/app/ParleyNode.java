package io.parley.app;

import io.parley.app.embedded.DataFolder;
import io.parley.app.embedded.EmbeddedStores;
import io.parley.gateway.GatewayRole;
import io.parley.gateway.socket.SocketLimits;
import io.parley.kernel.cluster.ClusterConfig;
import io.parley.kernel.cluster.ClusterStart;
import io.parley.kernel.config.SettingException;
import io.parley.kernel.config.Settings;
import io.parley.kernel.fanout.BusPublisher;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.node.Role;
import io.parley.kernel.resilience.Resilience;
import io.parley.kernel.store.Migrations;
import io.parley.kernel.store.StoreConfig;
import io.parley.kernel.store.Stores;
import io.parley.schema.Clock;
import io.parley.schema.Randomness;
import io.parley.schema.SecureRandomness;
import io.parley.schema.SystemClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.sqlclient.Pool;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of Parley: stores, cluster, roles, started in this order and stopped in the opposite one. What was
 * started is remembered at once, so that a start that fails half way is undone as a whole. Start and stop block; call
 * them from a plain thread.
 */
final class ParleyNode {
    private static final Logger LOG = LoggerFactory.getLogger(ParleyNode.class);
    private static final Duration STEP_MAX = Duration.ofSeconds(60);

    private interface Undo {
        void run() throws Exception;
    }

    private final Settings settings;
    private final DataFolder folder;
    private final Clock clock = new SystemClock();
    private final Randomness randomness = new SecureRandomness();
    private final Deque<Undo> undo = new ArrayDeque<>();
    private final List<Role> roles = new ArrayList<>();
    private final GatewayRole gateway = new GatewayRole();
    /** Clients are told to come back elsewhere within this window, and are served until then. */
    private Duration drain = Duration.ZERO;

    ParleyNode(Settings settings, DataFolder folder) {
        this.settings = settings;
        this.folder = folder;
    }

    /** Returns when every role serves; throws what hinders it, with nothing left running after {@link #stop}. */
    synchronized void start() {
        ProcessConfig config = ProcessConfig.from(settings);
        drain = SocketLimits.from(settings).drainWindow();
        List<Role> wanted = Roles.all(gateway).stream()
                .filter(role -> config.roles().contains(role.name()))
                .toList();
        wanted.forEach(role -> role.configure(settings)); // a wrong setting is told before anything runs
        ClusterConfig cluster = ClusterConfig.from(settings);
        String nodeId = nodeId();
        Observability observability = new Observability(config, nodeId);
        undo.push(observability::close);
        StoreUrls urls = StoreUrls.from(settings);
        EmbeddedStores embedded = EmbeddedStores.start(
                folder.path(), urls.postgres().isEmpty(), urls.redis().isEmpty());
        undo.push(embedded::close);

        var started = await(
                "joining the cluster",
                ClusterStart.start(
                        cluster,
                        nodeId,
                        config.roles(),
                        new VertxOptions().setPreferNativeTransport(true),
                        observability.vertx().withMetrics(new MicrometerMetricsFactory(observability.meters()))));
        undo.push(() -> await("stopping Vert.x", started.vertx().close()));
        Stores stores = stores(started.vertx(), urls, embedded);
        Stores guarded = new Resilience(observability.meters(), clock).guarded(stores, settings);
        NodeContext context = new NodeContext(
                nodeId,
                started.vertx(),
                started.cluster(),
                settings,
                guarded,
                new BusPublisher(started.vertx(), started.cluster(), observability.meters(), clock),
                observability.meters(),
                StoreChecks.of(guarded),
                clock,
                randomness);
        for (Role role : wanted) {
            undo.push(() -> await("stopping the role " + role.name(), role.stop()));
            await("starting the role " + role.name(), role.start(context));
            roles.add(role);
        }
    }

    private Stores stores(Vertx vertx, StoreUrls urls, EmbeddedStores embedded) {
        StoreConfig config = StoreConfig.from(settings);
        String url = urls.postgres().or(embedded::postgresUrl).orElseThrow();
        Pool startup = config.startup(vertx, url);
        await(
                "migrating the PostgreSQL database",
                Migrations.apply(startup).eventually(startup::close)); // before the guards: it may take its time
        Pool postgres = config.postgres(vertx, url);
        undo.push(() -> await("closing PostgreSQL", postgres.close()));
        var redis = config.redis(vertx, urls.redis().or(embedded::redisUrl).orElseThrow(), clock);
        undo.push(redis::close);
        return new Stores(postgres, redis);
    }

    /** Tells clients to go, then undoes everything that start did. Safe to call whatever start came to. */
    synchronized void stop() {
        try {
            Future.all(roles.stream().map(Role::drain).toList()).await(drain.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | RuntimeException late) {
            LOG.warn("not everybody left in time: {}", late.toString());
        }
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (Exception failure) {
                LOG.warn("a part did not stop well: {}", failure.toString());
            }
        }
    }

    void announce(PrintStream out, long millis) {
        if (roles.contains(gateway)) {
            String url = "http://127.0.0.1:" + gateway.port();
            out.printf("ready %s in %d ms%n", url, millis);
            out.printf("  web app   %s/%n  API docs  %s/docs%n  metrics   %s/metrics%n", url, url, url);
        } else {
            out.printf("ready without a gateway in %d ms%n", millis);
        }
        out.flush();
    }

    private String nodeId() {
        byte[] bytes = new byte[6];
        randomness.fill(bytes);
        return "n" + HexFormat.of().formatHex(bytes);
    }

    /** Whatever fails or hangs is told by the name of its step; what says itself what to mend stays as it is. */
    private static <T> T await(String step, Future<T> future) {
        try {
            return future.await(STEP_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            throw new StartException(step + " took longer than " + STEP_MAX.toSeconds() + " s");
        } catch (SettingException | StartException clear) {
            throw clear;
        } catch (Exception failure) { // a future may fail with a checked one, such as a refused connection
            throw new StartException(step + " failed: " + failure, failure);
        }
    }
}
