package io.parley.control;

import io.micrometer.core.instrument.Timer;
import io.parley.control.Sessions.Session;
import io.parley.control.core.NodeFacts;
import io.parley.control.core.NodeState;
import io.parley.kernel.bus.Failures;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.bus.Request;
import io.parley.kernel.cluster.LiveNodes;
import io.parley.kernel.contract.RoomContracts;
import io.parley.kernel.node.NodeContext;
import io.parley.schema.bus.v1.FocusCommand;
import io.parley.schema.bus.v1.FocusOutcome;
import io.parley.schema.bus.v1.RoomReport;
import io.parley.schema.control.v1.CloseRoom;
import io.parley.schema.control.v1.Command;
import io.parley.schema.control.v1.CommandResult;
import io.parley.schema.control.v1.HeldSession;
import io.parley.schema.control.v1.Join;
import io.parley.schema.control.v1.Leave;
import io.parley.schema.control.v1.Restart;
import io.parley.schema.control.v1.RoomEvent;
import io.parley.schema.control.v1.SetView;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.SfuAssignment;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The focus of every room whose node is attached to this process: the one writer of where the room is and who is there
 * (R24, R57, R260, R264). A command for a node that is attached elsewhere goes to the process that holds its stream. A
 * room stays on one node for as long as anybody is in it. Owned by the control plane's context.
 */
final class Focus implements MediaNodes.Listener {
    /** The same question to the process that holds the node's stream, which passes it no further. */
    static final Request<FocusCommand, FocusOutcome> FORWARDED =
            new Request<>("control.focus.serve", FocusCommand.getDefaultInstance(), FocusOutcome.getDefaultInstance());

    private static final Logger LOG = LoggerFactory.getLogger(Focus.class);
    private static final long RETRY_MILLIS = 1_000;

    private final NodeContext node;
    private final MediaNodes nodes;
    private final SessionTokens tokens;
    private final Sessions sessions;
    private final RoomReports reports;
    private final LiveNodes cluster;
    private final Duration holderTtl;
    private final long graceMillis;
    /** Who is on the nodes attached here. */
    private final Map<String, Set<Session>> here = new HashMap<>();
    /** Nodes that were attached before this process began, and when to give them up. */
    private final Map<String, Long> awaited = new HashMap<>();

    Focus(NodeContext node, MediaNodes nodes, SessionTokens tokens) {
        ControlConfig config = ControlConfig.from(node.settings());
        this.node = node;
        this.nodes = nodes;
        this.tokens = tokens;
        this.sessions = new Sessions(node.stores().redis());
        this.reports = new RoomReports(node, nodes);
        this.cluster = new LiveNodes(node.vertx(), node.cluster());
        this.holderTtl = config.lostAfter();
        this.graceMillis = config.lostAfter().toMillis();
    }

    /** Remembers which nodes ought to come back. */
    Future<Void> recover() {
        return nodes.owned(() -> sessions.known().map(known -> {
            known.forEach(id -> awaited.put(id, nodes.nowMillis() + graceMillis));
            return null;
        }));
    }

    /** Serves a command, here or where the room's node is attached. A refusal is an answer. */
    Future<FocusOutcome> execute(FocusCommand command) {
        Timer.Sample sample = Timer.start(node.meters());
        return sessions.nodeOf(room(command))
                .compose(holding -> where(command, holding))
                .compose(elsewhere -> elsewhere.isPresent() ? forward(elsewhere.get(), command) : serve(command))
                .otherwise(Focus::refused)
                .onSuccess(outcome -> sample.stop(Timer.builder("parley.control.command.duration")
                        .tag("command", command.getCommandCase().name())
                        .tag("outcome", outcome.hasError() ? outcome.getError().getName() : "OK")
                        .register(node.meters())));
    }

    /** The other process that has to serve a command, if one has to. */
    private Future<Optional<String>> where(FocusCommand command, Optional<String> holding) {
        if (holding.isPresent()) {
            return nodes.isAttached(holding.get())
                    ? Future.succeededFuture(Optional.empty())
                    : sessions.holder(holding.get()).map(this::other);
        }
        boolean canPlace =
                nodes.registry().all(nodes.nowMillis()).stream().anyMatch(known -> known.state() == NodeState.READY);
        return canPlace || !command.hasJoin()
                ? Future.succeededFuture(Optional.empty())
                : Future.succeededFuture(node.cluster().view().withRole(RoomContracts.CONTROL_ROLE).stream()
                        .filter(id -> !id.equals(node.nodeId()))
                        .findAny());
    }

    private Optional<String> other(Optional<String> holder) {
        return holder.filter(id -> !id.equals(node.nodeId()))
                .filter(node.cluster().view()::has);
    }

    private Future<FocusOutcome> forward(String process, FocusCommand command) {
        long left = command.getDeadlineWallMillis() - node.clock().wallMillis();
        return cluster.ask(process, FORWARDED, command, Duration.ofMillis(Math.max(1, left)));
    }

    /** Serves a command with the nodes attached here. */
    Future<FocusOutcome> serve(FocusCommand command) {
        return sessions.nodeOf(room(command))
                .compose(holding -> switch (command.getCommandCase()) {
                    case JOIN -> join(command, holding);
                    case RESTART ->
                        ask(
                                        command,
                                        holding,
                                        Command.newBuilder()
                                                .setRestart(Restart.newBuilder()
                                                        .setRoom(room(command))
                                                        .setParticipantId(command.getParticipantId())
                                                        .setOffer(command.getRestart()
                                                                .getOffer())))
                                .map(result -> FocusOutcome.newBuilder()
                                        .setAnswer(result.getAnswer())
                                        .build());
                    case VIEW ->
                        ask(
                                        command,
                                        holding,
                                        Command.newBuilder()
                                                .setSetView(SetView.newBuilder()
                                                        .setRoom(room(command))
                                                        .setView(command.getView())))
                                .map(FocusOutcome.getDefaultInstance());
                    case LEAVE -> leave(command, holding);
                    case CLOSE -> close(command, holding);
                    case COMMAND_NOT_SET -> Future.failedFuture(Refusal.of(ErrorCode.UNKNOWN_COMMAND));
                })
                .otherwise(Focus::refused);
    }

    private Future<FocusOutcome> join(FocusCommand command, Optional<String> holding) {
        String room = room(command);
        boolean gone = holding.isPresent() && holding.filter(this::mayComeBack).isEmpty();
        Future<?> freed = gone ? sessions.release(room) : Future.succeededFuture();
        return freed.compose(_ -> {
            Optional<NodeFacts> chosen = holding.isPresent() && !gone
                    ? nodes.registry().placeOn(holding.get(), nodes.nowMillis())
                    : nodes.registry().place(command.getJoin().getRegion(), nodes.nowMillis());
            node.meters()
                    .counter("parley.control.placements", "outcome", chosen.isPresent() ? "placed" : "full")
                    .increment();
            return chosen.map(facts -> sessions.claim(room, facts.id())
                            .compose(holder -> holder.equals(facts.id())
                                    ? admit(command, facts)
                                    : Future.<FocusOutcome>failedFuture(
                                            noNode()))) // another was faster: the next try finds it
                    .orElseGet(() -> Future.failedFuture(noNode()));
        });
    }

    /** Whether a node that holds a room is there, or may be again. */
    private boolean mayComeBack(String nodeId) {
        return nodes.registry().find(nodeId, nodes.nowMillis()).isPresent() || awaited.containsKey(nodeId);
    }

    private Future<FocusOutcome> admit(FocusCommand command, NodeFacts facts) {
        FocusCommand.Join join = command.getJoin();
        String room = room(command);
        String token = tokens.sign(room, command.getParticipantId(), join.getRole(), facts.id());
        var session = new Session(room, command.getParticipantId());
        return sessions.add(facts.id(), session)
                .compose(_ -> {
                    on(facts.id()).add(session);
                    return asked(
                            facts.id(),
                            command,
                            Command.newBuilder()
                                    .setJoin(Join.newBuilder()
                                            .setToken(token)
                                            .setRoom(room)
                                            .setParticipantId(command.getParticipantId())
                                            .setRole(join.getRole())
                                            .setOffer(join.getOffer())
                                            .addAllTracks(join.getTracksList())));
                })
                .map(result -> FocusOutcome.newBuilder()
                        .setAnswer(result.getAnswer())
                        .setAssignment(SfuAssignment.newBuilder()
                                .setSfuId(facts.id())
                                .setRegion(facts.region())
                                .setEndpoint(facts.endpoint())
                                .setToken(token))
                        .build())
                .onFailure(_ -> dropped(facts.id(), session));
    }

    private Future<CommandResult> ask(FocusCommand command, Optional<String> holding, Command.Builder what) {
        return holding.map(id -> asked(id, command, what))
                .orElseGet(() -> Future.failedFuture(Refusal.of(ErrorCode.PARTICIPANT_NOT_FOUND)));
    }

    private Future<CommandResult> asked(String nodeId, FocusCommand command, Command.Builder what) {
        return nodes.ask(nodeId, what, command.getDeadlineWallMillis())
                .orElseGet(() -> Future.failedFuture(noNode()))
                .compose(result -> result.getRefusal() == CommandResult.Refusal.NOT_REFUSED
                        ? Future.succeededFuture(result)
                        : Future.failedFuture(refusal(result)));
    }

    private Future<FocusOutcome> leave(FocusCommand command, Optional<String> holding) {
        var session = new Session(room(command), command.getParticipantId());
        holding.ifPresent(id -> dropped(id, session));
        return ask(
                        command,
                        holding,
                        Command.newBuilder()
                                .setLeave(Leave.newBuilder()
                                        .setRoom(session.room())
                                        .setParticipantId(session.participantId())))
                .map(FocusOutcome.getDefaultInstance());
    }

    private Future<FocusOutcome> close(FocusCommand command, Optional<String> holding) {
        String room = room(command);
        holding.ifPresent(id -> on(id).stream()
                .filter(session -> session.room().equals(room))
                .toList()
                .forEach(session -> dropped(id, session)));
        return ask(
                        command,
                        holding,
                        Command.newBuilder().setCloseRoom(CloseRoom.newBuilder().setRoom(room)))
                .map(FocusOutcome.getDefaultInstance());
    }

    /** A room that nobody is in any more may be anywhere next time. */
    private void dropped(String nodeId, Session session) {
        Set<Session> there = on(nodeId);
        there.remove(session);
        sessions.remove(nodeId, session);
        if (there.stream().noneMatch(other -> other.room().equals(session.room()))) {
            sessions.release(session.room());
        }
    }

    private Set<Session> on(String nodeId) {
        return here.computeIfAbsent(nodeId, _ -> new HashSet<>());
    }

    /** What the node holds is the truth about media: whoever should be there and is not has lost their node. */
    @Override
    public void attached(NodeFacts facts, List<HeldSession> held) {
        awaited.remove(facts.id());
        Set<Session> present = held.stream()
                .map(one -> new Session(one.getRoom(), one.getParticipantId()))
                .collect(Collectors.toCollection(HashSet::new));
        here.put(facts.id(), present);
        sessions.attached(facts.id(), node.nodeId(), holderTtl);
        sessions.on(facts.id())
                .onSuccess(expected -> nodes.run(() -> {
                    Set<Session> missing = new HashSet<>(expected);
                    missing.removeAll(held.stream()
                            .map(one -> new Session(one.getRoom(), one.getParticipantId()))
                            .toList());
                    missing.removeAll(on(facts.id())); // joined meanwhile
                    missing.forEach(session -> dropped(facts.id(), session));
                    tellLost(facts.id(), missing);
                    present.forEach(session -> sessions.add(facts.id(), session));
                }));
    }

    @Override
    public void event(String nodeId, RoomEvent event) {
        if (event.getState().getEnded()) {
            dropped(nodeId, new Session(event.getRoom(), event.getParticipantId()));
        }
        reports.tell(report(event.getRoom()).setSfuId(nodeId).setEvent(event).build());
    }

    /** Says who holds which node, and gives up those that were silent for too long. */
    void tick() {
        long now = nodes.nowMillis();
        nodes.registry().lost(now).forEach(this::giveUp);
        List<String> overdue = awaited.entrySet().stream()
                .filter(entry -> entry.getValue() <= now)
                .map(Map.Entry::getKey)
                .toList();
        overdue.forEach(id -> {
            awaited.remove(id);
            sessions.holder(id)
                    .onSuccess(holder -> nodes.run(() -> {
                        if (other(holder).isEmpty() && !nodes.isAttached(id)) {
                            giveUp(id);
                        }
                    }));
        });
        nodes.registry().all(now).stream()
                .map(known -> known.facts().id())
                .filter(nodes::isAttached)
                .forEach(id -> sessions.attached(id, node.nodeId(), holderTtl));
        nodes.recount();
    }

    private void giveUp(String nodeId) {
        LOG.warn("media node {} is lost: its participants have to join again", nodeId);
        here.remove(nodeId);
        sessions.on(nodeId)
                .onSuccess(gone -> nodes.run(() -> {
                    gone.stream().map(Session::room).distinct().forEach(sessions::release);
                    tellLost(nodeId, gone);
                    sessions.forget(nodeId);
                }));
    }

    private void tellLost(String nodeId, Collection<Session> gone) {
        gone.stream()
                .collect(Collectors.groupingBy(Session::room))
                .forEach((room, all) -> reports.tell(report(room)
                        .setSfuId(nodeId)
                        .setLost(RoomReport.NodeLost.newBuilder()
                                .addAllParticipantIds(
                                        all.stream().map(Session::participantId).toList()))
                        .build()));
    }

    private static RoomReport.Builder report(String room) {
        int slash = room.indexOf('/');
        return RoomReport.newBuilder().setTenant(room.substring(0, slash)).setRoomId(room.substring(slash + 1));
    }

    private static String room(FocusCommand command) {
        return command.getTenant() + "/" + command.getRoomId();
    }

    private static Refusal noNode() {
        return Refusal.after(ErrorCode.NO_MEDIA_NODE, RETRY_MILLIS);
    }

    private static Refusal refusal(CommandResult result) {
        return switch (result.getRefusal()) {
            case INVALID_OFFER -> Refusal.of(ErrorCode.INVALID_OFFER, result.getDetail());
            case NOT_THERE -> Refusal.of(ErrorCode.PARTICIPANT_NOT_FOUND);
            case ALREADY_THERE -> Refusal.of(ErrorCode.CONFLICT);
            case FULL, DRAINING -> noNode();
            default -> Refusal.after(ErrorCode.INTERNAL, RETRY_MILLIS);
        };
    }

    private static FocusOutcome refused(Throwable failure) {
        Refusal refusal =
                failure instanceof Refusal known ? known : Refusal.after(Failures.code(failure), RETRY_MILLIS);
        if (refusal.code() == ErrorCode.INTERNAL) {
            LOG.error("a command of the focus failed", failure);
        }
        return FocusOutcome.newBuilder().setError(refusal.toError("")).build();
    }
}
