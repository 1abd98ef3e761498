package io.parley.control.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The media nodes that are known, how they do, and which one takes the next session. Time is passed in; owned by one
 * thread.
 *
 * <p>A node's load is what it reported last, and what was placed there since that report can have counted it: so a
 * burst of joins between two reports does not land on one node.
 */
public final class Registry {
    /** From this load on a node takes no new sessions (R89; DESIGN, load thresholds). */
    public static final double FULL = 0.8;

    private final Map<String, Entry> nodes = new LinkedHashMap<>();
    private final long silentAfterMillis;
    private final long lostAfterMillis;
    private final long reportLagMillis;

    /**
     * @param silentAfter without a report for this long, a node takes nothing new
     * @param lostAfter without a report for this long, a node is given up
     * @param reportLag a session placed this long before a report is counted in it
     */
    public Registry(Duration silentAfter, Duration lostAfter, Duration reportLag) {
        this.silentAfterMillis = silentAfter.toMillis();
        this.lostAfterMillis = lostAfter.toMillis();
        this.reportLagMillis = reportLag.toMillis();
    }

    /** What a node reports each second. */
    public record Report(double load, int participants, boolean healthy, boolean draining) {}

    /** A node as operators see it. */
    public record Node(NodeFacts facts, NodeState state, double load, int reserved) {}

    private static final class Entry {
        NodeFacts facts;
        Report report = new Report(0, 0, true, false);
        boolean attached = true;
        long heardMillis;
        final Deque<Long> reservedMillis = new ArrayDeque<>();

        Entry(NodeFacts facts, long nowMillis) {
            this.facts = facts;
            this.heardMillis = nowMillis;
        }

        double augmented() {
            return Math.max(report.load(), (double) report.participants() / facts.participantLimit())
                    + (double) reservedMillis.size() / facts.participantLimit();
        }
    }

    /** Takes a node in, again or anew. True when its process is another than before: what was there is gone. */
    public boolean attach(NodeFacts facts, long nowMillis) {
        Entry known = nodes.get(facts.id());
        if (known == null || !known.facts.incarnation().equals(facts.incarnation())) {
            nodes.put(facts.id(), new Entry(facts, nowMillis));
            return known != null;
        }
        known.facts = facts;
        known.attached = true;
        known.heardMillis = nowMillis;
        return false;
    }

    /** A report of a node that is not known changes nothing. */
    public void report(String id, Report report, long nowMillis) {
        Entry node = nodes.get(id);
        if (node == null) {
            return;
        }
        node.report = report;
        node.heardMillis = nowMillis;
        Deque<Long> reserved = node.reservedMillis;
        for (Long oldest = reserved.peek();
                oldest != null && oldest <= nowMillis - reportLagMillis;
                oldest = reserved.peek()) {
            reserved.poll();
        }
    }

    /** The node's stream is gone; its media may flow on. */
    public void detach(String id) {
        Entry node = nodes.get(id);
        if (node != null) {
            node.attached = false;
        }
    }

    /** Forgets the nodes that are lost by now, and names them. */
    public List<String> lost(long nowMillis) {
        List<String> lost = new ArrayList<>();
        for (Iterator<Entry> each = nodes.values().iterator(); each.hasNext(); ) {
            Entry node = each.next();
            if (nowMillis - node.heardMillis >= lostAfterMillis) {
                lost.add(node.facts.id());
                each.remove();
            }
        }
        return lost;
    }

    public Optional<Node> find(String id, long nowMillis) {
        return Optional.ofNullable(nodes.get(id)).map(entry -> node(entry, nowMillis));
    }

    public List<Node> all(long nowMillis) {
        return nodes.values().stream().map(entry -> node(entry, nowMillis)).toList();
    }

    private Node node(Entry entry, long nowMillis) {
        return new Node(entry.facts, state(entry, nowMillis), entry.augmented(), entry.reservedMillis.size());
    }

    private NodeState state(Entry entry, long nowMillis) {
        if (!entry.attached || nowMillis - entry.heardMillis >= silentAfterMillis) {
            return NodeState.SILENT;
        } else if (entry.report.draining()) {
            return NodeState.DRAINING;
        }
        return entry.report.healthy() ? NodeState.READY : NodeState.UNHEALTHY;
    }

    /**
     * The node for a new session of nobody's room yet: ready and below {@link #FULL}; in the wanted region, else in its
     * group, else anywhere; the least loaded of those. Counts the session there at once.
     */
    public Optional<NodeFacts> place(String region, long nowMillis) {
        List<Entry> free = nodes.values().stream()
                .filter(node -> state(node, nowMillis) == NodeState.READY && node.augmented() < FULL)
                .toList();
        Comparator<Entry> nearest = Comparator.comparingInt((Entry node) -> distance(node.facts, region))
                .thenComparingDouble(Entry::augmented)
                .thenComparing(node -> node.facts.id());
        return free.stream().min(nearest).map(node -> reserved(node, nowMillis));
    }

    /** Counts a session on the node that holds its room already; empty when that node can take nobody. */
    public Optional<NodeFacts> placeOn(String id, long nowMillis) {
        @Nullable Entry node = nodes.get(id);
        return node == null || state(node, nowMillis) != NodeState.READY || node.augmented() >= 1
                ? Optional.empty()
                : Optional.of(reserved(Objects.requireNonNull(node), nowMillis));
    }

    private static NodeFacts reserved(Entry node, long nowMillis) {
        node.reservedMillis.add(nowMillis);
        return node.facts;
    }

    private static int distance(NodeFacts node, String region) {
        if (region.isEmpty() || node.region().equals(region)) {
            return 0;
        }
        return node.group().equals(NodeFacts.groupOf(region)) ? 1 : 2;
    }
}
