package io.parley.gateway.web;

import io.parley.gateway.rest.RestHandler;
import io.parley.gateway.socket.Acknowledgements;
import io.parley.gateway.socket.LeaseReports;
import io.parley.gateway.socket.LoopSessions;
import io.parley.gateway.socket.SocketServices;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.config.SettingException;
import io.parley.kernel.contract.StreamContracts;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One event loop of the gateway: its server, its sockets, its reports. Several share the port. */
public final class GatewayVerticle extends VerticleBase {
    private final GatewayParts parts;
    private @Nullable HttpServer server;
    private @Nullable LoopSessions sessions;

    public GatewayVerticle(GatewayParts parts) {
        this.parts = parts;
    }

    @Override
    public Future<?> start() {
        SocketServices services = parts.sockets();
        GatewayTiming timing = parts.timing();
        Acknowledgements acknowledgements = new Acknowledgements(parts.nodes());
        LeaseReports leases = new LeaseReports(parts.nodes(), parts.nodeId(), timing.leaseEvery());
        LoopSessions own = new LoopSessions(context, services, acknowledgements, leases);
        sessions = own;
        PatientConnections connections = new PatientConnections(services.clock(), parts.http());
        vertx.setPeriodic(services.limits().sweep().toMillis(), _ -> {
            own.sweep();
            connections.sweep();
        });
        vertx.setPeriodic(timing.leaseChangesEvery().toMillis(), _ -> leases.flush());
        vertx.setPeriodic(timing.leaseEvery().toMillis(), _ -> leases.renew(own));
        vertx.setPeriodic(timing.acknowledgeEvery().toMillis(), _ -> acknowledgements.flush());
        vertx.setPeriodic(timing.revocationsEvery().toMillis(), _ -> own.checkRevocations(parts.revocations()));
        HttpEdge edge = new HttpEdge(
                new RestHandler(parts.rest()), own, parts.health(), connections, services.ids(), this::closed);
        HttpServer listening = vertx.createHttpServer(parts.http().options());
        server = listening;
        return StreamContracts.SESSIONS_REVOKED
                .receive(vertx.eventBus(), own::revoke)
                .completion()
                .compose(_ -> listening
                        .connectionHandler(connections::opened)
                        .requestHandler(edge::handle)
                        .invalidRequestHandler(edge::handleInvalid)
                        .listen()
                        .recover(failure -> Future.failedFuture(explained(failure))))
                .onSuccess(started -> parts.listening(started.actualPort()));
    }

    /** The usual failure is a port that another program has. */
    private Throwable explained(Throwable failure) {
        return failure instanceof IOException
                ? new SettingException("cannot listen on http.host %s, http.port %d: %s"
                        .formatted(parts.http().host(), parts.http().port(), failure.getMessage()))
                : failure;
    }

    private Optional<Refusal> closed() {
        if (parts.isDraining()) {
            return Optional.of(Refusal.after(ErrorCode.DRAINING, 1_000));
        }
        SocketServices services = parts.sockets();
        return services.meters().open() >= services.limits().perNode()
                ? Optional.of(Refusal.after(ErrorCode.OVERLOADED, 5_000))
                : Optional.empty();
    }

    /** Tells the clients of this loop to go. */
    public void drain() {
        context.runOnContext(_ -> {
            if (sessions != null) {
                sessions.drain();
            }
        });
    }

    @Override
    public Future<?> stop() {
        if (sessions != null) {
            sessions.closeAll();
        }
        return server == null ? Future.succeededFuture() : server.close();
    }
}
