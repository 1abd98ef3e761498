package io.parley.gateway;

import io.parley.gateway.command.Commands;
import io.parley.gateway.limit.Admission;
import io.parley.gateway.limit.Policies;
import io.parley.gateway.rest.RestConfig;
import io.parley.gateway.rest.RestServices;
import io.parley.gateway.session.Authenticator;
import io.parley.gateway.session.GuestSessions;
import io.parley.gateway.session.Ids;
import io.parley.gateway.session.Revocations;
import io.parley.gateway.socket.Census;
import io.parley.gateway.socket.SocketLimits;
import io.parley.gateway.socket.SocketMeters;
import io.parley.gateway.socket.SocketServices;
import io.parley.gateway.streams.StreamHubVerticle;
import io.parley.gateway.streams.Streams;
import io.parley.gateway.streams.StreamsConfig;
import io.parley.gateway.web.GatewayParts;
import io.parley.gateway.web.GatewayTiming;
import io.parley.gateway.web.GatewayVerticle;
import io.parley.gateway.web.Health;
import io.parley.gateway.web.HttpConfig;
import io.parley.kernel.auth.AuthConfig;
import io.parley.kernel.auth.Tokens;
import io.parley.kernel.cluster.LiveNodes;
import io.parley.kernel.config.Settings;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.node.Role;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The edge of Parley: HTTP and WebSocket, from token to answer. */
public final class GatewayRole implements Role {
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicInteger port = new AtomicInteger();
    private final List<GatewayVerticle> loops = new ArrayList<>();
    /** How to undo what was started, newest last. */
    private final List<Supplier<Future<?>>> undo = new ArrayList<>();

    private @Nullable NodeContext node;
    private @Nullable SocketMeters meters;
    private Duration drainWindow = Duration.ZERO;

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public void configure(Settings settings) {
        AuthConfig.from(settings);
        GatewayConfig.from(settings);
        GatewayTiming.from(settings);
        HttpConfig.from(settings);
        Policies.from(settings);
        RestConfig.from(settings);
        SocketLimits.from(settings);
        StreamsConfig.from(settings);
    }

    /** Where it listens, once started; useful when the configured port is 0. */
    public int port() {
        return port.get();
    }

    @Override
    public Future<?> start(NodeContext context) {
        node = context;
        StreamHubVerticle hub = new StreamHubVerticle(context, StreamsConfig.from(context.settings()));
        return Tokens.start(context.vertx(), context.settings(), context.clock())
                .onSuccess(tokens -> undo.add(tokens::stop))
                .compose(tokens -> deploy(context, hub).map(tokens))
                .compose(tokens -> listen(context, tokens, hub.streams()));
    }

    private Future<?> deploy(NodeContext context, io.vertx.core.Deployable verticle) {
        return context.vertx()
                .deployVerticle(verticle)
                .onSuccess(id -> undo.add(() -> context.vertx().undeploy(id)));
    }

    private Future<?> listen(NodeContext context, Tokens tokens, Streams streams) {
        GatewayConfig config = GatewayConfig.from(context.settings());
        GatewayParts parts = parts(context, config, tokens, streams);
        meters = parts.sockets().meters();
        drainWindow = parts.sockets().limits().drainWindow();
        BusPing.serve(context);
        return context.vertx()
                .deployVerticle(
                        () -> {
                            GatewayVerticle loop = new GatewayVerticle(parts);
                            loops.add(loop);
                            return loop;
                        },
                        new DeploymentOptions().setInstances(config.eventLoops()))
                .onSuccess(id -> undo.add(() -> context.vertx().undeploy(id)));
    }

    private GatewayParts parts(NodeContext context, GatewayConfig config, Tokens tokens, Streams streams) {
        var settings = context.settings();
        var redis = context.stores().redis();
        var clock = context.clock();
        LiveNodes nodes = new LiveNodes(context.vertx(), context.cluster());
        Ids ids = new Ids(context.randomness());
        Admission admission = new Admission(redis, Policies.from(settings), clock, context.meters());
        GuestSessions guests = new GuestSessions(redis, clock, ids, config.guests());
        Authenticator authenticator = new Authenticator(tokens.verifier(), guests);
        Revocations revocations = new Revocations(redis, context.vertx().eventBus(), clock, config.revocationsKept());
        Commands commands = new Commands(context, nodes, admission, revocations, config.commandTimeout());
        SocketLimits limits = SocketLimits.from(settings);
        return new GatewayParts(
                context.nodeId(),
                nodes,
                HttpConfig.from(settings),
                GatewayTiming.from(settings),
                new RestServices(
                        context.vertx(),
                        authenticator,
                        admission,
                        guests,
                        commands,
                        ids,
                        clock,
                        context.meters(),
                        RestConfig.from(settings)),
                new SocketServices(
                        authenticator,
                        admission,
                        commands,
                        streams,
                        new Census(limits.perUser()),
                        ids,
                        clock,
                        limits,
                        new SocketMeters(context.meters())),
                revocations,
                new Health(context.readiness(), context.meters(), draining::get),
                draining,
                port);
    }

    /** Readiness turns false and clients are told at once; completes when all have left or the window is over. */
    @Override
    public Future<?> drain() {
        draining.set(true);
        loops.forEach(GatewayVerticle::drain);
        Promise<Void> gone = Promise.promise();
        if (node != null) {
            awaitEmpty(node, node.clock().monoNanos() + drainWindow.toNanos(), gone);
        }
        return gone.future();
    }

    private void awaitEmpty(NodeContext context, long untilNanos, Promise<Void> gone) {
        if (meters == null || meters.open() == 0 || context.clock().monoNanos() > untilNanos) {
            gone.complete();
        } else {
            context.vertx().setTimer(50, _ -> awaitEmpty(context, untilNanos, gone));
        }
    }

    @Override
    public Future<?> stop() {
        Future<?> done = Future.succeededFuture();
        for (Supplier<Future<?>> step : undo.reversed()) {
            done = done.transform(_ -> step.get().transform(_ -> Future.succeededFuture()));
        }
        return done;
    }
}
