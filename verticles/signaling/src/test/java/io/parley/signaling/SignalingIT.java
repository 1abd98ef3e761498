package io.parley.signaling;

import static io.parley.signaling.SignalingNode.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.kernel.contract.StreamContracts;
import io.parley.schema.bus.v1.FocusCommand;
import io.parley.schema.bus.v1.FocusOutcome;
import io.parley.schema.bus.v1.RoomReport;
import io.parley.schema.bus.v1.StreamAuthorize;
import io.parley.schema.bus.v1.StreamAuthorized;
import io.parley.schema.bus.v1.StreamHeadsRead;
import io.parley.schema.bus.v1.StreamKey;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.bus.v1.StreamSlice;
import io.parley.schema.control.v1.MediaState;
import io.parley.schema.control.v1.RoomEvent;
import io.parley.schema.v1.CloseRoom;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.CreateRoom;
import io.parley.schema.v1.Error;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.GetRoom;
import io.parley.schema.v1.GetSeat;
import io.parley.schema.v1.JoinResult;
import io.parley.schema.v1.JoinRoom;
import io.parley.schema.v1.LeaveRoom;
import io.parley.schema.v1.ListRooms;
import io.parley.schema.v1.Participant;
import io.parley.schema.v1.ParticipantLeft.Cause;
import io.parley.schema.v1.ParticipantRole;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.RemoveParticipant;
import io.parley.schema.v1.Room;
import io.parley.schema.v1.SetTracks;
import io.parley.schema.v1.Slot;
import io.parley.schema.v1.SlotsChanged;
import io.parley.schema.v1.SubscribeResult.Lost;
import io.parley.schema.v1.TrackIntent;
import io.parley.testkit.TestPostgres;
import io.parley.testkit.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rooms through the bus, on real stores; the focus and chat are scripted (R55, R57, R260). */
@ExtendWith({TestPostgres.class, TestRedis.class})
final class SignalingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OFFER = "v=0\r\nm=audio 9 X 1\r\na=mid:0\r\na=sendonly\r\n";

    private final String id = "r-" + UUID.randomUUID().toString().substring(0, 8);
    private SignalingNode node;

    @BeforeEach
    void start(TestPostgres postgres, TestRedis redis) {
        node = new SignalingNode(postgres, redis);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void peopleJoinAndLeave_andTheStreamTellsAll() {
        create("ann", 0);
        JoinResult ann = join("ann");
        JoinResult bob = join("bob");
        assertEquals("answer", bob.getAnswer());
        assertEquals("token of " + bob.getSelf().getId(), bob.getAssignment().getToken());
        assertEquals(ParticipantRole.HOST, ann.getSelf().getRole());
        assertEquals(ParticipantRole.VIEWER, bob.getSelf().getRole());
        assertEquals(
                List.of(ann.getSelf(), bob.getSelf()),
                bob.getParticipantsList().stream().toList());
        assertEquals(bob.getSelf().getId() + "/0", bob.getSelf().getTracks(0).getId());
        leave("ann", ann.getSelf());
        leave("ann", ann.getSelf());
        assertEquals(List.of(bob.getSelf()), get("bob"));
        StreamSlice stream = read(
                Position.newBuilder().setEpoch(bob.getPosition().getEpoch()).build());
        assertEquals(
                List.of(
                        Push.EventCase.PARTICIPANT_JOINED,
                        Push.EventCase.PARTICIPANT_JOINED,
                        Push.EventCase.PARTICIPANT_LEFT),
                stream.getEventsList().stream().map(Push::getEventCase).toList());
        assertEquals(stream.getEventsList(), node.told, "what is stored is what was told");
        assertEquals(3, stream.getHead().getOffset());
        assertEquals(FocusCommand.CommandCase.LEAVE, node.asked.getLast().getCommandCase());
    }

    @Test
    void manyAtOnce_noneIsLost() {
        create("ann", 0);
        var joins = IntStream.range(0, 16)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> join("u" + n)))
                .toList();
        joins.forEach(CompletableFuture::join);
        assertEquals(16, get("ann").size());
        assertEquals(
                IntStream.rangeClosed(1, 16).mapToObj(n -> (long) n).toList(),
                read(position(0)).getEventsList().stream().map(Push::getOffset).toList());
    }

    @Test
    void aFullRoomRefuses_andAFocusThatRefusesLeavesNobodyBehind() {
        create("ann", 1);
        node.focus = _ -> FocusOutcome.newBuilder()
                .setError(Error.newBuilder()
                        .setCode(ErrorCode.NO_MEDIA_NODE_VALUE)
                        .setName("NO_MEDIA_NODE"))
                .build();
        assertEquals("NO_MEDIA_NODE", node.refused("ann", joining()));
        assertEquals(List.of(), get("ann"));
        node.focus = _ -> FocusOutcome.getDefaultInstance();
        join("ann");
        assertEquals("ROOM_FULL", node.refused("bob", joining()));
    }

    @Test
    void aRoomOfAChannelIsForItsMembers() {
        node.members.addAll(List.of("ann", "bob", "carmod"));
        node.ok(
                "ann",
                Cmd.newBuilder().setCreateRoom(CreateRoom.newBuilder().setId(id).setChannelId("club")));
        assertEquals("ROOM_NOT_FOUND", node.refused("eve", joining()));
        assertEquals("ROOM_NOT_FOUND", authorize("eve", "call:" + id).getError().getName());
        join("bob");
        assertEquals("FORBIDDEN", node.refused("bob", closing()));
        node.members.remove("bob");
        assertEquals("ROOM_NOT_FOUND", node.refused("bob", joining()));
        var list = Cmd.newBuilder().setListRooms(ListRooms.newBuilder().setChannelId("club"));
        assertTrue(node.ok("ann", list).getListRooms().getRoomsList().stream()
                .map(Room::getId)
                .anyMatch(id::equals));
        assertEquals("CHANNEL_NOT_FOUND", node.refused("eve", list));
        node.ok("carmod", closing());
        node.ok("carmod", closing());
        assertEquals("ROOM_NOT_FOUND", node.refused("ann", joining()));
        assertEquals(Push.EventCase.ROOM_CLOSED, node.told.getLast().getEventCase());
    }

    @Test
    void thoseWhoMeetInAChannelAtOnce_getOneRoom() {
        String channel = "c-" + id;
        var people = IntStream.range(0, 8).mapToObj(n -> "u" + n).toList();
        node.members.addAll(people);
        var rooms = people.stream()
                .map(person -> CompletableFuture.supplyAsync(() -> meet(person, channel)))
                .toList();
        List<String> ids =
                rooms.stream().map(CompletableFuture::join).distinct().toList();
        assertEquals(1, ids.size(), ids.toString());
        node.ok(
                "u0",
                Cmd.newBuilder().setCreateRoom(CreateRoom.newBuilder().setId(id).setChannelId(channel)));
        assertEquals(id, meet("u1", channel), "a room that was named is another, and the newest");
        node.ok("u0", closing());
        assertEquals(ids.getFirst(), meet("u2", channel));
    }

    private String meet(String user, String channel) {
        return node.ok(
                        user,
                        Cmd.newBuilder().setCreateRoom(CreateRoom.newBuilder().setChannelId(channel)))
                .getCreateRoom()
                .getRoom()
                .getId();
    }

    @Test
    void anotherTenantHasNoSuchRoom() {
        create("ann", 0);
        var foreign = user("ann").toBuilder().setTenant("other").build();
        assertEquals("ROOM_NOT_FOUND", node.ask(foreign, joining()).getError().getName());
    }

    @Test
    void theSameKeyMakesOneRoom() {
        var command = Cmd.newBuilder()
                .setKey("k-" + id)
                .setCreateRoom(CreateRoom.newBuilder().setName("x"));
        var first = node.ok("ann", command);
        var again = node.ok("ann", command);
        assertEquals(first.getCreateRoom().getRoom(), again.getCreateRoom().getRoom());
        assertTrue(again.getReplayed());
        var other = Cmd.newBuilder()
                .setKey("k-" + id)
                .setCreateRoom(CreateRoom.newBuilder().setName("y"));
        assertEquals("IDEMPOTENCY_MISMATCH", node.refused("ann", other));
        create("ann", 0);
        assertEquals(
                "ROOM_EXISTS",
                node.refused(
                        "bob",
                        Cmd.newBuilder().setCreateRoom(CreateRoom.newBuilder().setId(id))));
    }

    @Test
    void nobodySpeaksForAnother() {
        create("ann", 0);
        Participant ann = join("ann").getSelf();
        var mute = SetTracks.newBuilder()
                .setRoomId(id)
                .setParticipantId(ann.getId())
                .addTracks(TrackIntent.newBuilder().setMid("0").setMuted(true));
        assertEquals("NOT_IN_ROOM", node.refused("bob", Cmd.newBuilder().setSetTracks(mute)));
        assertEquals("NOT_IN_ROOM", node.refused("bob", leaving(ann)));
        assertEquals(
                "NOT_IN_ROOM",
                authorize("bob", "call:" + id + "." + ann.getId()).getError().getName());
        assertEquals("FORBIDDEN", node.refused("bob", removing(ann)));
        assertEquals("FORBIDDEN", node.refused("bob", seat(ann)));
        var muted = node.ok("ann", Cmd.newBuilder().setSetTracks(mute))
                .getSetTracks()
                .getParticipant();
        assertTrue(muted.getTracks(0).getMuted());
        assertEquals(
                "INVALID_REQUEST",
                node.refused(
                        "ann",
                        Cmd.newBuilder()
                                .setSetTracks(mute.setTracks(
                                        0, TrackIntent.newBuilder().setMid("9")))));
        Participant bob = join("bob").getSelf();
        node.ok("ann", removing(bob));
        assertEquals(Cause.REMOVED, node.told.getLast().getParticipantLeft().getCause());
    }

    @Test
    void whatTheNodeSaysIsKeptAndTold() {
        create("ann", 0);
        Participant ann = join("ann").getSelf();
        var slots =
                SlotsChanged.newBuilder().addSlots(Slot.newBuilder().setMid("5").setTrackId("p/1"));
        report(RoomEvent.newBuilder().setParticipantId(ann.getId()).setSlots(slots));
        assertEquals("call:" + id + "." + ann.getId(), node.told.getLast().getStream());
        assertEquals(slots.build(), node.told.getLast().getSlotsChanged());
        assertEquals(
                slots.getSlotsList(),
                node.ok("ann", seat(ann)).getGetSeat().getSeat().getSlotsList());
        report(RoomEvent.newBuilder()
                .setParticipantId(ann.getId())
                .setState(MediaState.newBuilder().setState(Participant.State.CONNECTED)));
        assertEquals(Participant.State.CONNECTED, get("ann").getFirst().getState());
        report(RoomEvent.newBuilder()
                .setParticipantId(ann.getId())
                .setState(MediaState.newBuilder().setEnded(true)));
        assertEquals(Cause.MEDIA_LOST, node.told.getLast().getParticipantLeft().getCause());
        assertEquals("PARTICIPANT_NOT_FOUND", node.refused("ann", seat(ann)));
    }

    @Test
    void whoseNodeIsGoneIsOut() {
        create("ann", 0);
        Participant ann = join("ann").getSelf();
        Participant bob = join("bob").getSelf();
        node.report(RoomReport.newBuilder()
                .setRoomId(id)
                .setLost(RoomReport.NodeLost.newBuilder().addParticipantIds(ann.getId())));
        assertEquals(List.of(bob), get("bob"));
        assertEquals(Cause.NODE_LOST, node.told.getLast().getParticipantLeft().getCause());
    }

    @Test
    void aLostStreamIsSeenAsLost(TestRedis redis) {
        create("ann", 0);
        Position before = join("ann").getPosition();
        redis.flush();
        StreamAuthorized anew = authorize("ann", "call:" + id);
        assertTrue(!anew.getHead().getEpoch().equals(before.getEpoch()), anew::toString);
        assertEquals(Lost.EPOCH_CHANGED, read(before).getLost());
        var heads = StreamContracts.CALL_HEADS
                .at(SignalingNode.ID)
                .ask(
                        node.vertx.eventBus(),
                        StreamHeadsRead.newBuilder().addKeys(key()).build(),
                        PATIENCE)
                .await();
        assertEquals(anew.getHead(), heads.getHeads(0).getPosition());
    }

    private void create(String user, int limit) {
        node.ok(
                user,
                Cmd.newBuilder().setCreateRoom(CreateRoom.newBuilder().setId(id).setParticipantLimit(limit)));
    }

    private Cmd.Builder joining() {
        return Cmd.newBuilder().setJoinRoom(JoinRoom.newBuilder().setRoomId(id).setOffer(OFFER));
    }

    private JoinResult join(String user) {
        return node.ok(user, joining()).getJoinRoom();
    }

    private Cmd.Builder leaving(Participant who) {
        return Cmd.newBuilder()
                .setLeaveRoom(LeaveRoom.newBuilder().setRoomId(id).setParticipantId(who.getId()));
    }

    private void leave(String user, Participant who) {
        node.ok(user, leaving(who));
    }

    private Cmd.Builder removing(Participant who) {
        return Cmd.newBuilder()
                .setRemoveParticipant(
                        RemoveParticipant.newBuilder().setRoomId(id).setParticipantId(who.getId()));
    }

    private Cmd.Builder closing() {
        return Cmd.newBuilder().setCloseRoom(CloseRoom.newBuilder().setRoomId(id));
    }

    private Cmd.Builder seat(Participant who) {
        return Cmd.newBuilder().setGetSeat(GetSeat.newBuilder().setRoomId(id).setParticipantId(who.getId()));
    }

    private List<Participant> get(String user) {
        return node.ok(user, Cmd.newBuilder().setGetRoom(GetRoom.newBuilder().setRoomId(id)))
                .getGetRoom()
                .getParticipantsList();
    }

    private void report(RoomEvent.Builder event) {
        node.report(RoomReport.newBuilder().setRoomId(id).setEvent(event));
    }

    private StreamAuthorized authorize(String user, String stream) {
        var question = StreamAuthorize.newBuilder().setCaller(user(user)).setStream(stream);
        return StreamContracts.AUTHORIZE_CALL
                .at(SignalingNode.ID)
                .ask(node.vertx.eventBus(), question.build(), PATIENCE)
                .await();
    }

    private Position position(long offset) {
        return authorize("ann", "call:" + id).getHead().toBuilder()
                .setOffset(offset)
                .build();
    }

    private StreamKey key() {
        return StreamKey.newBuilder().setTenant("t").setStream("call:" + id).build();
    }

    private StreamSlice read(Position since) {
        var question = StreamRead.newBuilder().setKey(key()).setSince(since).setLimit(1_000);
        return StreamContracts.READ_CALL
                .at(SignalingNode.ID)
                .ask(node.vertx.eventBus(), question.build(), PATIENCE)
                .await();
    }
}
