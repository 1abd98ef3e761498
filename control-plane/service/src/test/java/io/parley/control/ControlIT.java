package io.parley.control;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.kernel.cluster.SingleNode;
import io.parley.kernel.config.Settings;
import io.parley.kernel.contract.RoomContracts;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.node.Readiness;
import io.parley.kernel.store.Stores;
import io.parley.schema.SecureRandomness;
import io.parley.schema.SystemClock;
import io.parley.schema.bus.v1.FocusCommand;
import io.parley.schema.bus.v1.FocusOutcome;
import io.parley.schema.bus.v1.RoomReport;
import io.parley.schema.control.SessionTokenVerifier;
import io.parley.schema.control.v1.Command;
import io.parley.schema.control.v1.CommandResult;
import io.parley.schema.control.v1.HeldSession;
import io.parley.schema.control.v1.MediaState;
import io.parley.schema.control.v1.NodeFrame;
import io.parley.schema.control.v1.RoomEvent;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.ParticipantRole;
import io.parley.schema.v1.SpeakersChanged;
import io.parley.testkit.TestRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real gRPC and a real Redis; the node and signaling are scripted (R24, R57, R260, R263). */
@ExtendWith(TestRedis.class)
final class ControlIT {
    private static final String ID = "test";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final List<RoomReport> reports = new CopyOnWriteArrayList<>();
    private final List<ScriptedNode> nodes = new ArrayList<>();
    private ControlRole role;

    @BeforeEach
    void start(TestRedis redis) {
        redis.flush();
        RoomContracts.REPORT
                .at(ID)
                .serve(vertx.eventBus(), report -> {
                    reports.add(report);
                    return Future.succeededFuture(Done.getDefaultInstance());
                })
                .completion()
                .await();
        role = control(redis);
    }

    private ControlRole control(TestRedis redis) {
        var started = new ControlRole();
        started.start(new NodeContext(
                        ID,
                        vertx,
                        new SingleNode(ID, Set.of("control", "signaling")),
                        Settings.of(Map.of("control.lost-after", "2s", "control.silent-after", "1s")),
                        new Stores(
                                PgBuilder.pool()
                                        .connectingTo(new PgConnectOptions().setPort(1))
                                        .using(vertx)
                                        .build(),
                                Redis.createClient(vertx, redis.url())),
                        _ -> {},
                        new SimpleMeterRegistry(),
                        new Readiness(),
                        new SystemClock(),
                        new SecureRandomness()))
                .await();
        return started;
    }

    @AfterEach
    void stop() {
        nodes.forEach(ScriptedNode::close);
        role.stop().await();
        vertx.close().await();
    }

    private ScriptedNode attach(String id, String incarnation, HeldSession... held) {
        var node = ScriptedNode.attached(role.port(), id, incarnation, List.of(held));
        nodes.add(node);
        return node;
    }

    private FocusOutcome ask(String room, String who, FocusCommand.Builder command) {
        var question = command.setTenant("t")
                .setRoomId(room)
                .setParticipantId(who)
                .setDeadlineWallMillis(System.currentTimeMillis() + PATIENCE.toMillis())
                .build();
        return RoomContracts.FOCUS
                .at(ID)
                .ask(vertx.eventBus(), question, PATIENCE)
                .await();
    }

    private FocusOutcome join(String room, String who) {
        return ask(
                room,
                who,
                FocusCommand.newBuilder()
                        .setJoin(
                                FocusCommand.Join.newBuilder().setOffer("offer").setRole(ParticipantRole.HOST)));
    }

    @Test
    void aJoinGoesToANodeThatCanTrustItAlone() {
        assertEquals("NO_MEDIA_NODE", join("r", "p").getError().getName());
        ScriptedNode node = attach("a", "1");
        FocusOutcome outcome = join("r", "p");
        assertEquals("answer", outcome.getAnswer());
        assertEquals("a", outcome.getAssignment().getSfuId());
        assertEquals("127.0.0.1:9", outcome.getAssignment().getEndpoint());
        Command told = node.commands.getFirst();
        assertEquals("t/r", told.getJoin().getRoom());
        assertEquals(outcome.getAssignment().getToken(), told.getJoin().getToken());
        var token = new SessionTokenVerifier(node.welcome.join().getTokenKeysList())
                .verify(told.getJoin().getToken(), System.currentTimeMillis());
        assertEquals("t/r p HOST a", token.room() + " " + token.participant() + " " + token.role() + " " + token.sfu());
    }

    @Test
    void aRoomStaysTogether_andAnEmptyOneIsFree() {
        ScriptedNode a = attach("a", "1");
        ScriptedNode b = attach("b", "1");
        String home = join("r", "p1").getAssignment().getSfuId();
        (home.equals("a") ? a : b).load(0.75);
        for (int n = 2; n < 6; n++) {
            assertEquals(home, join("r", "p" + n).getAssignment().getSfuId());
        }
        assertFalse(home.equals(join("other", "q").getAssignment().getSfuId()), "the other is less loaded");
        ask("r", "", FocusCommand.newBuilder().setClose(FocusCommand.Close.getDefaultInstance()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertFalse(
                        home.equals(join("r", "again").getAssignment().getSfuId()), "it may be anywhere again"));
    }

    @Test
    void whatANodeRefusesIsToldByTheCatalogue() {
        ScriptedNode node = attach("a", "1");
        node.answer = _ -> CommandResult.newBuilder()
                .setRefusal(CommandResult.Refusal.INVALID_OFFER)
                .setDetail("no fingerprint");
        assertEquals("INVALID_OFFER", join("r", "p").getError().getName());
        assertEquals("no fingerprint", join("r", "p").getError().getDetail());
        node.answer = _ -> CommandResult.newBuilder().setRefusal(CommandResult.Refusal.DRAINING);
        assertEquals("NO_MEDIA_NODE", join("r", "p").getError().getName());
        var leave = FocusCommand.newBuilder().setLeave(FocusCommand.Leave.getDefaultInstance());
        assertEquals(
                "PARTICIPANT_NOT_FOUND", ask("nowhere", "p", leave).getError().getName());
    }

    @Test
    void whatANodeSaysArrivesInOrder_andANewerReportReplacesAnOlderOne() {
        ScriptedNode node = attach("a", "1");
        join("r", "p");
        for (int n = 0; n < 200; n++) {
            node.event(RoomEvent.newBuilder()
                    .setRoom("t/r")
                    .setSeq(n)
                    .setSpeakers(SpeakersChanged.newBuilder().addParticipantIds("p" + n)));
        }
        await().atMost(PATIENCE)
                .until(() -> !reports.isEmpty() && reports.getLast().getEvent().getSeq() == 199);
        var seqs = reports.stream().map(report -> report.getEvent().getSeq()).toList();
        assertEquals(seqs.stream().sorted().toList(), seqs);
        assertEquals("t", reports.getFirst().getTenant());
        assertEquals("r", reports.getFirst().getRoomId());
    }

    @Test
    void aNodeThatComesBackTellsWhoIsLeft() {
        ScriptedNode node = attach("a", "1");
        join("r", "stays");
        join("r", "goes");
        node.close();
        attach(
                "a",
                "1",
                HeldSession.newBuilder()
                        .setRoom("t/r")
                        .setParticipantId("stays")
                        .build());
        await().atMost(PATIENCE).until(() -> !reports.isEmpty());
        assertEquals(List.of("goes"), reports.getFirst().getLost().getParticipantIdsList());
        assertEquals("a", join("r", "new").getAssignment().getSfuId());
    }

    @Test
    void aNodeThatStaysAwayIsGivenUp() {
        ScriptedNode node = attach("a", "1");
        join("r", "p");
        node.close();
        await().atMost(PATIENCE).until(() -> !reports.isEmpty());
        assertEquals(List.of("p"), reports.getFirst().getLost().getParticipantIdsList());
        attach("b", "1");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertEquals("b", join("r", "p2").getAssignment().getSfuId()));
    }

    @Test
    void aControlPlaneThatStartsAgainGoesOn(TestRedis redis) {
        attach("a", "1").close();
        ScriptedNode before = attach("a", "1");
        join("r", "p");
        role.stop().await();
        before.close();
        role = control(redis);
        attach(
                "a",
                "1",
                HeldSession.newBuilder().setRoom("t/r").setParticipantId("p").build());
        attach("b", "1");
        assertEquals("a", join("r", "p2").getAssignment().getSfuId(), "the room is where it was");
        assertTrue(reports.isEmpty(), reports::toString);
    }

    @Test
    void aNodeLostWithTheControlPlaneIsGivenUpByTheNext(TestRedis redis) {
        ScriptedNode node = attach("a", "1");
        join("r", "p");
        role.stop().await();
        node.close();
        role = control(redis);
        await().atMost(PATIENCE).until(() -> !reports.isEmpty());
        assertEquals(List.of("p"), reports.getFirst().getLost().getParticipantIdsList());
    }

    @Test
    void whoDoesNotRegisterIsSentAway() {
        var stranger = new ScriptedNode(role.port());
        nodes.add(stranger);
        stranger.send(
                NodeFrame.newBuilder().setEvent(RoomEvent.newBuilder().setState(MediaState.getDefaultInstance())));
        assertTrue(stranger.ended.join().toString().contains("registration"));
    }
}
