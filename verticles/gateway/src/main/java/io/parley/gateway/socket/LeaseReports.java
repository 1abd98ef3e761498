package io.parley.gateway.socket;

import io.parley.kernel.auth.Principal;
import io.parley.kernel.cluster.LiveNodes;
import io.parley.kernel.contract.CommandContracts;
import io.parley.kernel.contract.StreamContracts;
import io.parley.schema.Limits;
import io.parley.schema.bus.v1.LeaseBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Tells presence which devices are here: openings and closings within a moment, everybody every few seconds. A lease
 * lasts three reports, so one lost batch shows nothing, and those of a dead node run out. Owned by one event loop.
 */
public final class LeaseReports {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final LiveNodes nodes;
    private final String nodeId;
    private final int ttlMillis;
    private final List<LeaseBatch.Lease> changes = new ArrayList<>();

    public LeaseReports(LiveNodes nodes, String nodeId, Duration every) {
        this.nodes = nodes;
        this.nodeId = nodeId;
        this.ttlMillis = (int) every.multipliedBy(3).toMillis();
    }

    void opened(ClientSession session) {
        add(session, false);
    }

    void closed(ClientSession session) {
        add(session, true);
    }

    private void add(ClientSession session, boolean closed) {
        Principal who = session.principal();
        if (who != null) {
            changes.add(lease(session, who, closed));
            if (changes.size() >= Limits.LEASE_BATCH_MAX) {
                flush();
            }
        }
    }

    /** Sends what changed since the last call. */
    public void flush() {
        if (!changes.isEmpty()) {
            send(changes);
            changes.clear();
        }
    }

    /** Renews the leases of all sockets. */
    public void renew(LoopSessions loop) {
        renew(loop.sessions());
    }

    private void renew(Set<ClientSession> sessions) {
        List<LeaseBatch.Lease> leases = new ArrayList<>(Math.min(sessions.size(), Limits.LEASE_BATCH_MAX));
        for (ClientSession session : sessions) {
            Principal who = session.principal();
            if (who != null) {
                leases.add(lease(session, who, false));
            }
            if (leases.size() == Limits.LEASE_BATCH_MAX) {
                send(leases);
                leases.clear();
            }
        }
        if (!leases.isEmpty()) {
            send(leases);
        }
    }

    private void send(List<LeaseBatch.Lease> leases) {
        LeaseBatch batch = LeaseBatch.newBuilder()
                .setNodeId(nodeId)
                .setTtlMs(ttlMillis)
                .addAllLeases(leases)
                .build();
        nodes.askRole(CommandContracts.PRESENCE_ROLE, StreamContracts.LEASES, batch, ANSWER_WITHIN, true)
                .otherwiseEmpty(); // the next report makes it good
    }

    private static LeaseBatch.Lease lease(ClientSession session, Principal who, boolean closed) {
        return LeaseBatch.Lease.newBuilder()
                .setTenant(who.tenant())
                .setUserId(who.userId())
                .setDeviceId(session.deviceId())
                .setSessionId(session.sessionId())
                .setIdleMs(session.quiet().toMillis())
                .setClosed(closed)
                .setWanted(session.wanted())
                .build();
    }
}
