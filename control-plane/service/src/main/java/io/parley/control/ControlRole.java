package io.parley.control;

import io.grpc.Server;
import io.parley.kernel.auth.AuthConfig;
import io.parley.kernel.config.Settings;
import io.parley.kernel.contract.RoomContracts;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.node.Role;
import io.parley.schema.bus.v1.FocusCommand;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control plane's part of a process. */
public final class ControlRole implements Role {
    private static final Logger LOG = LoggerFactory.getLogger(ControlRole.class);
    private static final long TICK_MILLIS = 500;
    private static final long STOP_SECONDS = 2;

    private Optional<Server> server = Optional.empty();
    private List<MessageConsumer<FocusCommand>> consumers = List.of();
    private Runnable stopTicking = () -> {};

    @Override
    public String name() {
        return RoomContracts.CONTROL_ROLE;
    }

    @Override
    public void configure(Settings settings) {
        ControlConfig.from(settings);
    }

    /** Where media nodes attach, once started. */
    public int port() {
        return server.orElseThrow(() ->
                        new IllegalStateException("the control plane does not run in this process: set media.control"))
                .getPort();
    }

    @Override
    public Future<?> start(NodeContext node) {
        ControlConfig config = ControlConfig.from(node.settings());
        if (config.tls().isEmpty() && AuthConfig.from(node.settings()).production()) {
            return Future.failedFuture("auth.mode is production, but media nodes would attach in clear text: set"
                    + " control.tls.certificate, control.tls.key and control.tls.authority");
        }
        // One context owns all of the control plane's state; gRPC and the bus only hand over to it.
        Context context = node.vertx().getOrCreateContext();
        var tokens = new SessionTokens(config.tokenTtl(), node.clock(), node.randomness());
        var nodes = new MediaNodes(node, config, context);
        var focus = new Focus(node, nodes, tokens);
        nodes.listener(focus);
        return node.vertx()
                .executeBlocking(() -> GrpcServer.start(config, nodes.streams(tokens)))
                .onSuccess(started -> {
                    server = Optional.of(started);
                    LOG.info("media nodes attach at {}:{}", config.host(), started.getPort());
                })
                .compose(_ -> focus.recover())
                .compose(_ -> {
                    var bus = node.vertx().eventBus();
                    consumers = List.of(
                            RoomContracts.FOCUS
                                    .at(node.nodeId())
                                    .serve(bus, command -> nodes.owned(() -> focus.execute(command))),
                            Focus.FORWARDED
                                    .at(node.nodeId())
                                    .serve(bus, command -> nodes.owned(() -> focus.serve(command))));
                    return Future.all(
                            consumers.stream().map(MessageConsumer::completion).toList());
                })
                .onSuccess(_ -> {
                    long timer = node.vertx().setPeriodic(TICK_MILLIS, _ -> nodes.run(focus::tick));
                    stopTicking = () -> node.vertx().cancelTimer(timer);
                });
    }

    @Override
    public Future<?> stop() {
        stopTicking.run();
        server.ifPresent(running -> {
            running.shutdownNow();
            try {
                running.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        server = Optional.empty();
        return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
                .otherwiseEmpty();
    }
}
