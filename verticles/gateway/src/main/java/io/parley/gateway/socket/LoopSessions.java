package io.parley.gateway.socket;

import io.parley.gateway.limit.Admission;
import io.parley.gateway.session.Revocations;
import io.parley.kernel.auth.Principal;
import io.parley.schema.Limits;
import io.parley.schema.bus.v1.SessionsRevoked;
import io.parley.schema.v1.Ack;
import io.parley.schema.v1.Ctl;
import io.parley.schema.v1.Drain;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sockets of one event loop: opens them, looks at their deadlines, ends them. Owned by that loop. */
public final class LoopSessions {
    private final Context context;
    private final SocketServices services;
    private final Acknowledgements acknowledgements;
    private final LeaseReports leases;
    private final Set<ClientSession> open = new HashSet<>();
    private boolean draining;

    public LoopSessions(
            Context context, SocketServices services, Acknowledgements acknowledgements, LeaseReports leases) {
        this.context = context;
        this.services = services;
        this.acknowledgements = acknowledgements;
        this.leases = leases;
    }

    /** Takes over a connection whose handshake is done. */
    public void open(ServerWebSocket webSocket, Encoding encoding) {
        // The socket needs its listener and the session needs its socket: the array ties the knot.
        ClientSession[] session = new ClientSession[1];
        ClientSocket socket =
                new VertxClientSocket(webSocket, encoding, (Buffer message) -> session[0].onMessage(message));
        session[0] = new ClientSession(context, socket, services, this);
        services.meters().opened();
        open.add(session[0]);
        webSocket.closeHandler(_ -> session[0].onClosed());
        webSocket.exceptionHandler(_ -> {
            // The close handler follows.
        });
        if (draining) {
            session[0].close(CloseCodes.DRAIN, "the server goes away");
        }
    }

    /** Ends what has outlived its time; called every now and then. */
    public void sweep() {
        long nowNanos = services.clock().monoNanos();
        long nowMillis = services.clock().wallMillis();
        List.copyOf(open).forEach(session -> session.checkDeadlines(nowNanos, nowMillis));
    }

    /** Closes the sockets of a user whose tokens are older than the revocation. */
    public void revoke(SessionsRevoked revoked) {
        for (ClientSession session : List.copyOf(open)) {
            Principal who = session.principal();
            if (who != null
                    && who.tenant().equals(revoked.getTenant())
                    && who.userId().equals(revoked.getUserId())) {
                endIfIssuedBefore(session, revoked.getBeforeWallMillis());
            }
        }
    }

    /** Holds all sockets against the list of revocations, whose notice may have been lost. */
    public void checkRevocations(Revocations revocations) {
        Map<String, List<ClientSession>> byUser = new LinkedHashMap<>();
        for (ClientSession session : open) {
            Principal who = session.principal();
            if (who != null) {
                String key = Admission.revocationKey(who.tenant(), who.userId());
                byUser.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(session);
            }
        }
        List<String> keys = List.copyOf(byUser.keySet());
        for (int from = 0; from < keys.size(); from += Limits.REVOCATIONS_PER_LOOK_MAX) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + Limits.REVOCATIONS_PER_LOOK_MAX));
            revocations.revokedBefore(some).onSuccess(moments -> {
                for (int i = 0; i < some.size(); i++) {
                    for (ClientSession session : byUser.getOrDefault(some.get(i), List.of())) {
                        endIfIssuedBefore(session, moments.get(i));
                    }
                }
            });
        }
    }

    private static void endIfIssuedBefore(ClientSession session, long beforeMillis) {
        Principal who = session.principal();
        if (who != null && who.issuedAtMillis() < beforeMillis) {
            session.close(CloseCodes.REVOKED, "the session was revoked");
        }
    }

    /** Asks all clients to come back elsewhere, at a random moment of the window; new ones are sent away at once. */
    public void drain() {
        draining = true;
        int windowMillis = (int) services.limits().drainWindow().toMillis();
        Ctl drain = Ctl.newBuilder()
                .setDrain(Drain.newBuilder()
                        .setReconnectAfterMinMs(0)
                        .setReconnectAfterMaxMs(windowMillis)
                        .setReason("the server goes away"))
                .build();
        open.forEach(session -> session.control(drain));
    }

    public void closeAll() {
        List.copyOf(open).forEach(session -> session.close(CloseCodes.DRAIN, "the server goes away"));
    }

    /** Everybody who said hello, for reports. */
    Set<ClientSession> sessions() {
        return open;
    }

    void entered(ClientSession session) {
        leases.opened(session);
    }

    void left(ClientSession session) {
        open.remove(session);
        leases.closed(session);
    }

    void acknowledge(Principal who, Ack ack) {
        acknowledgements.add(who, ack);
    }
}
