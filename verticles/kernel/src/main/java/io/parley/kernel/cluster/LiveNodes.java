package io.parley.kernel.cluster;

import com.google.protobuf.MessageLite;
import io.parley.kernel.bus.NodeLeftException;
import io.parley.kernel.bus.Notice;
import io.parley.kernel.bus.Request;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks questions of nodes that live, by what the membership says and not by who once listened on the bus. A question to
 * a node that leaves the cluster fails the moment this is known, not when its time is over. Every node serves questions
 * at an address of its own ({@link Request#at}). Thread-safe.
 */
public final class LiveNodes {
    private final VertxInternal vertx;
    private final Cluster cluster;
    /** What other nodes have been asked and did not answer yet, by node. */
    private final Map<String, Set<Promise<?>>> open = new ConcurrentHashMap<>();

    private final AtomicInteger turn = new AtomicInteger();

    public LiveNodes(Vertx vertx, Cluster cluster) {
        this.vertx = (VertxInternal) vertx;
        this.cluster = cluster;
        cluster.onChange(this::failThoseThatLeft);
    }

    /**
     * Asks a node with {@code role}: this one when it has it, else the others in turn. A node that does not serve yet,
     * or no longer, is passed over; one that leaves before it answers may have done its work, so that only a
     * {@code repeatable} question is asked again.
     */
    public <Q extends MessageLite, A extends MessageLite> Future<A> askRole(
            String role, Request<Q, A> request, Q body, Duration timeout, boolean repeatable) {
        return askNext(inTurn(role), request, body, timeout, repeatable);
    }

    /**
     * Tells a node with {@code role}, chosen as for a question; nobody there to hear it, or one that has just died, and
     * it is lost.
     */
    public <T extends MessageLite> void tellRole(String role, Notice<T> notice, T body) {
        List<String> nodes = inTurn(role);
        if (!nodes.isEmpty()) {
            notice.at(nodes.getFirst()).send(vertx.eventBus(), body);
        }
    }

    private <Q extends MessageLite, A extends MessageLite> Future<A> askNext(
            List<String> nodes, Request<Q, A> request, Q body, Duration timeout, boolean repeatable) {
        if (nodes.isEmpty()) {
            return Future.failedFuture(new ReplyException(ReplyFailure.NO_HANDLERS, request.address()));
        }
        List<String> others = nodes.subList(1, nodes.size());
        return ask(nodes.getFirst(), request, body, timeout)
                .recover(failure -> !others.isEmpty() && isWorthAnother(failure, repeatable)
                        ? askNext(others, request, body, timeout, repeatable)
                        : Future.failedFuture(failure));
    }

    private static boolean isWorthAnother(Throwable failure, boolean repeatable) {
        return switch (failure) {
            case NodeLeftException _ -> repeatable;
            case ReplyException reply -> reply.failureType() == ReplyFailure.NO_HANDLERS;
            default -> false;
        };
    }

    private List<String> inTurn(String role) {
        List<String> nodes = cluster.view().withRole(role);
        if (nodes.size() < 2) {
            return nodes;
        }
        List<String> ordered = new ArrayList<>(nodes);
        Collections.rotate(ordered, turn.getAndIncrement());
        if (ordered.remove(cluster.nodeId())) {
            ordered.addFirst(cluster.nodeId());
        }
        return ordered;
    }

    /** Asks one node; fails with {@link NodeLeftException} as soon as it is known to have left. */
    public <Q extends MessageLite, A extends MessageLite> Future<A> ask(
            String nodeId, Request<Q, A> request, Q body, Duration timeout) {
        Request<Q, A> there = request.at(nodeId);
        if (nodeId.equals(cluster.nodeId())) {
            return there.ask(vertx.eventBus(), body, timeout);
        }
        ContextInternal context = vertx.getOrCreateContext();
        Promise<A> answer = context.promise();
        Set<Promise<?>> asked = open.computeIfAbsent(nodeId, _ -> ConcurrentHashMap.newKeySet());
        asked.add(answer);
        if (!cluster.view().has(nodeId)) {
            failThoseThatLeft(cluster.view());
            answer.tryFail(new NodeLeftException(nodeId));
        } else {
            there.ask(vertx.eventBus(), body, timeout).onComplete(answer::tryComplete, answer::tryFail);
        }
        return answer.future().onComplete(_ -> asked.remove(answer), _ -> asked.remove(answer));
    }

    /** Node ids never come back, so what is forgotten here stays forgotten. */
    private void failThoseThatLeft(ClusterView view) {
        for (String nodeId : Set.copyOf(open.keySet())) {
            if (!view.has(nodeId)) {
                Set<Promise<?>> asked = open.remove(nodeId);
                if (asked != null) {
                    asked.forEach(answer -> answer.tryFail(new NodeLeftException(nodeId)));
                }
            }
        }
    }
}
