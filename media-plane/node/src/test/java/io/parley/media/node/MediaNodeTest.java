package io.parley.media.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.node.control.ControlAddress;
import io.parley.media.node.health.Caller;
import io.parley.media.node.sdp.RecordedOffers;
import io.parley.media.transport.TransportConfig;
import io.parley.media.transport.dtls.DtlsIdentity;
import io.parley.schema.control.v1.CloseRoom;
import io.parley.schema.control.v1.Command;
import io.parley.schema.control.v1.CommandResult;
import io.parley.schema.control.v1.CommandResult.Refusal;
import io.parley.schema.control.v1.Drain;
import io.parley.schema.control.v1.Inspect;
import io.parley.schema.control.v1.Join;
import io.parley.schema.control.v1.Leave;
import io.parley.schema.control.v1.Load;
import io.parley.schema.control.v1.RoomEvent;
import io.parley.schema.v1.Participant;
import io.parley.schema.v1.ParticipantRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node under a control plane: what it says, and what it does when told. */
final class MediaNodeTest {
    private static final String ROOM = "acme/standup";
    private static final String OFFER = RecordedOffers.pion();

    private TestControl control;
    private MediaNode node;
    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentity identity = DtlsIdentity.fresh(random, Instant.now());

    @BeforeEach
    void start() throws IOException {
        control = new TestControl();
        node = MediaNode.start(config("node-a", control.port()));
        patiently().until(() -> !control.registrations.isEmpty() && node.isAttached());
    }

    @AfterEach
    void stop() {
        node.close();
        control.close();
    }

    static MediaNodeConfig config(String id, int controlPort) {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        return new MediaNodeConfig(
                id,
                "eu",
                new ControlAddress("127.0.0.1", controlPort, Optional.empty()),
                new TransportConfig(List.of(loopback), 0, List.of(), 2, TransportConfig.Engine.AUTO, false),
                new MediaNodeConfig.Capacity(3, 1_000_000_000),
                new InetSocketAddress(loopback, 0),
                Duration.ofSeconds(60));
    }

    @Test
    void aNodeRegisters_andTellsItsLoad() {
        var said = control.registrations.getFirst();
        assertEquals("node-a", said.getNodeId());
        assertEquals("eu", said.getRegion());
        assertEquals(node.endpoints(), said.getEndpointsList());
        assertEquals(3, said.getParticipantLimit());
        assertEquals(List.of(), said.getHeldList());
        assertEquals(Refusal.NOT_REFUSED, join("p1").getRefusal());
        patiently()
                .until(() -> control.loads.stream()
                        .anyMatch(
                                load -> load.getParticipants() == 1 && load.getRooms() == 1 && load.getLoad() >= 0.33));
    }

    @Test
    void aNodeIsHealthyOnceItHasHeardItself() {
        patiently().until(() -> control.loads.stream().anyMatch(Load::getHealthy));
        var silent = control.loads.getFirst();
        assertTrue(silent.getHealthy() || !silent.getUnhealthyReason().isEmpty());
        assertEquals(0, control.loads.getLast().getParticipants());
        assertEquals(List.of(), control.events);
    }

    @Test
    void twoPeersKeepHearingEachOtherWhileTheControlPlaneIsAway()
            throws InterruptedException, IOException, ExecutionException, TimeoutException {
        try (var anna = new Caller(mediaPort().getAddress(), identity, random);
                var ben = new Caller(mediaPort().getAddress(), identity, random)) {
            enter("anna", anna);
            enter("ben", ben);
            patiently().until(() -> hear(anna, ben));
            control.kill();
            patiently().until(() -> !node.isAttached());
            int heardBefore = ben.heard();
            patiently().until(() -> hear(anna, ben) && ben.heard() > heardBefore + 50);
            control.restart();
            patiently().until(() -> hear(anna, ben) && node.isAttached());
            assertEquals(2, control.registrations.getLast().getHeldCount());
            int heardAgain = ben.heard();
            patiently().until(() -> hear(anna, ben) && ben.heard() > heardAgain + 50);
            assertTrue(
                    control.events.stream().noneMatch(event -> event.getState().getEnded()));
        }
    }

    @Test
    void whoFallsSilentIsReportedAsInterrupted_andConnectedWhenHeardAgain()
            throws InterruptedException, IOException, ExecutionException, TimeoutException {
        try (var anna = new Caller(mediaPort().getAddress(), identity, random)) {
            enter("anna", anna);
            patiently().until(() -> lastState() == Participant.State.CONNECTED);
            patiently().until(() -> lastState() == Participant.State.INTERRUPTED);
            patiently().until(() -> {
                anna.check();
                return lastState() == Participant.State.CONNECTED;
            });
        }
    }

    private Participant.State lastState() {
        return control.events.stream()
                .filter(RoomEvent::hasState)
                .map(event -> event.getState().getState())
                .reduce(Participant.State.JOINING, (_, later) -> later);
    }

    private void enter(String name, Caller caller) throws InterruptedException, ExecutionException, TimeoutException {
        var joined = ask(Command.newBuilder().setJoin(control.join("node-a", ROOM, name, caller.offer())));
        assertEquals(Refusal.NOT_REFUSED, joined.getRefusal(), joined.getDetail());
        caller.connect(joined.getAnswer(), mediaPort()).get(50, TimeUnit.SECONDS);
    }

    /** Both say something; whether the other one has heard all of it so far is for the caller to wait for. */
    private static boolean hear(Caller one, Caller other) {
        one.check();
        other.check();
        one.speak();
        other.speak();
        return one.heard() > 0 && other.heard() > 0;
    }

    private InetSocketAddress mediaPort() {
        String endpoint = node.endpoints().getFirst();
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(endpoint.substring(endpoint.indexOf(':') + 1)));
    }

    @Test
    void aJoinIsAnswered_andLeavingEndsTheSession() {
        var joined = join("p1");
        assertEquals(Refusal.NOT_REFUSED, joined.getRefusal(), joined.getDetail());
        assertTrue(joined.getAnswer().startsWith("v=0"), joined.getAnswer());
        assertEquals(Refusal.ALREADY_THERE, join("p1").getRefusal());
        assertTrue(inspect(ROOM).getJson().contains("\"id\":\"p1\""));
        assertEquals(Refusal.NOT_REFUSED, ask(leave("p1")).getRefusal());
        patiently()
                .until(() -> control.events.stream()
                        .anyMatch(event -> event.getParticipantId().equals("p1")
                                && event.getRoom().equals(ROOM)
                                && event.getState().getEnded()));
        assertEquals(Refusal.NOT_THERE, inspect(ROOM).getRefusal());
    }

    @Test
    void withoutATokenForJustThisNobodyIsLetIn() {
        var good = control.join("node-a", ROOM, "p1", OFFER).build();
        var forged =
                good.toBuilder().setToken(good.getToken().replace('.', ',')).build();
        var elsewhere = control.join("node-b", ROOM, "p1", OFFER).build();
        var other = good.toBuilder().setParticipantId("p2").build();
        var room = good.toBuilder().setRoom("acme/other").build();
        var raised = good.toBuilder().setRole(ParticipantRole.HOST).build();
        for (Join join : List.of(forged, elsewhere, other, room, raised)) {
            assertEquals(
                    Refusal.TOKEN_REFUSED,
                    ask(Command.newBuilder().setJoin(join)).getRefusal());
        }
    }

    @Test
    void aRepeatedCommandIsDoneOnce_andAnsweredAgain() {
        var first = join("p1");
        control.send(Command.newBuilder().setId(first.getId()).setJoin(control.join("node-a", ROOM, "p1", OFFER)));
        patiently().until(() -> control.results.size() == 2);
        assertEquals(control.results.getFirst(), control.results.getLast());
    }

    @Test
    void whatComesTooLate_OrCannotBe_IsRefused() {
        var late = Command.newBuilder().setDeadlineWallMillis(1).setJoin(control.join("node-a", ROOM, "p1", OFFER));
        assertEquals(Refusal.FAILED, ask(late).getRefusal());
        var broken = Command.newBuilder().setJoin(control.join("node-a", ROOM, "p1", "hello"));
        assertEquals(Refusal.INVALID_OFFER, ask(broken).getRefusal());
        assertEquals(Refusal.FAILED, ask(Command.newBuilder()).getRefusal());
    }

    @Test
    void aFullNodeRefuses_andAClosedRoomIsEmpty() {
        for (String name : List.of("p1", "p2", "p3")) {
            assertEquals(Refusal.NOT_REFUSED, join(name).getRefusal());
        }
        assertEquals(Refusal.FULL, join("p4").getRefusal());
        ask(Command.newBuilder().setCloseRoom(CloseRoom.newBuilder().setRoom(ROOM)));
        assertEquals(Refusal.NOT_REFUSED, join("p4").getRefusal());
    }

    @Test
    void aDrainingNodeKeepsWhoIsThere_andEndsWhenTheyAreGone() {
        join("p1");
        assertEquals(
                Refusal.NOT_REFUSED,
                ask(Command.newBuilder().setDrain(Drain.getDefaultInstance())).getRefusal());
        assertEquals(Refusal.DRAINING, join("p2").getRefusal());
        patiently().until(() -> control.loads.getLast().getDraining());
        var drained = node.drain();
        assertEquals(1, control.loads.getLast().getParticipants());
        ask(leave("p1"));
        patiently().until(drained::isDone);
    }

    @Test
    void aNodeAttachesAgainToAControlPlaneThatCameBack_andSaysWhoIsThere() throws IOException {
        join("p1");
        control.kill();
        patiently().until(() -> !node.isAttached());
        control.restart();
        patiently().until(() -> control.registrations.size() == 2);
        var again = control.registrations.getLast();
        assertEquals(control.registrations.getFirst().getIncarnation(), again.getIncarnation());
        assertEquals("p1", again.getHeld(0).getParticipantId());
        assertEquals(ROOM, again.getHeld(0).getRoom());
    }

    private CommandResult join(String participant) {
        return ask(Command.newBuilder().setJoin(control.join("node-a", ROOM, participant, OFFER)));
    }

    private static Command.Builder leave(String participant) {
        return Command.newBuilder().setLeave(Leave.newBuilder().setRoom(ROOM).setParticipantId(participant));
    }

    private CommandResult inspect(String room) {
        return ask(Command.newBuilder().setInspect(Inspect.newBuilder().setRoom(room)));
    }

    private CommandResult ask(Command.Builder command) {
        return control.ask(command);
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(50)).pollInterval(20, TimeUnit.MILLISECONDS);
    }
}
