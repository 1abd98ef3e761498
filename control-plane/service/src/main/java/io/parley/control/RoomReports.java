package io.parley.control;

import io.parley.kernel.cluster.LiveNodes;
import io.parley.kernel.contract.CommandContracts;
import io.parley.kernel.contract.RoomContracts;
import io.parley.kernel.node.NodeContext;
import io.parley.schema.StreamId;
import io.parley.schema.bus.v1.RoomReport;
import io.parley.schema.control.v1.RoomEvent;
import io.parley.schema.v1.Done;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells signaling what nodes say, one report of a room at a time, so that their order stays. What waits is bounded by
 * what there is to say: a newer report of the same thing takes the older one's place. Owned by the control plane's
 * context.
 */
final class RoomReports {
    private static final Logger LOG = LoggerFactory.getLogger(RoomReports.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long PAUSE_MILLIS = 200;
    private static final int ATTEMPTS = 50;

    private final NodeContext node;
    private final MediaNodes context;
    private final LiveNodes nodes;
    /** What waits, by room; a room with an entry has one report under way. */
    private final Map<String, Map<String, RoomReport>> waiting = new HashMap<>();

    RoomReports(NodeContext node, MediaNodes context) {
        this.node = node;
        this.context = context;
        this.nodes = new LiveNodes(node.vertx(), node.cluster());
    }

    void tell(RoomReport report) {
        String room = report.getTenant() + "/" + report.getRoomId();
        Map<String, RoomReport> queue = waiting.get(room);
        if (queue == null) {
            waiting.put(room, new LinkedHashMap<>());
            send(room, report, 1);
        } else {
            queue.put(subject(report), report);
        }
    }

    /** Reports with the same subject replace each other. */
    private static String subject(RoomReport report) {
        if (!report.hasEvent()) {
            return "lost " + report.getLost().getParticipantIdsList();
        }
        RoomEvent event = report.getEvent();
        String what = event.getParticipantId() + " " + event.getEventCase();
        return event.hasDemand() ? what + " " + event.getDemand().getDemand().getTrackId() : what;
    }

    private void send(String room, RoomReport report, int attempt) {
        context.owned(() -> delivered(room, report))
                .onComplete(
                        _ -> context.run(() -> next(room)),
                        failure -> context.run(() -> again(room, report, attempt, failure)));
    }

    /** All of one room goes to one signaling node while the cluster stays as it is. */
    private Future<Done> delivered(String room, RoomReport report) {
        List<String> takers = node.cluster().view().withRole(CommandContracts.SIGNALING_ROLE);
        if (takers.isEmpty()) {
            return Future.failedFuture("no signaling node");
        }
        int index = (int) Long.remainderUnsigned(StreamId.stableHash(room), takers.size());
        return nodes.ask(takers.get(index), RoomContracts.REPORT, report, PATIENCE);
    }

    private void again(String room, RoomReport report, int attempt, Throwable failure) {
        if (attempt >= ATTEMPTS) {
            LOG.warn("a report of room {} was given up: {}", room, failure.toString());
            next(room);
        } else {
            node.vertx().setTimer(PAUSE_MILLIS, _ -> send(room, report, attempt + 1));
        }
    }

    private void next(String room) {
        Map<String, RoomReport> queue = waiting.getOrDefault(room, Map.of());
        Iterator<RoomReport> first = queue.values().iterator();
        if (!first.hasNext()) {
            waiting.remove(room);
            return;
        }
        RoomReport report = first.next();
        first.remove();
        send(room, report, 1);
    }
}
