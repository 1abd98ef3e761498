package io.parley.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.schema.Limits;
import io.parley.schema.SystemClock;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.CreateChannel;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.GetMe;
import io.parley.schema.v1.InviteMembers;
import io.parley.schema.v1.JoinChannel;
import io.parley.schema.v1.LeaveChannel;
import io.parley.schema.v1.ListPins;
import io.parley.schema.v1.Message;
import io.parley.schema.v1.PinMessage;
import io.parley.schema.v1.React;
import io.parley.schema.v1.UnpinMessage;
import io.parley.schema.v1.Unreact;
import io.parley.schema.v1.UpdateChannel;
import io.parley.testkit.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each limit of a channel: the last that fits is taken, the next is refused by its own code, and room is room again.
 */
@ExtendWith(TestPostgres.class)
final class LimitsIT {
    private static final String MEMBERS_MAX = "3";

    private ChatNode node;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start(TestPostgres postgres) {
        node = ChatNode.start(
                postgres.options(), new SystemClock(), Map.of("chat.type.messaging.members-max", MEMBERS_MAX));
        alice = Person.on(node, "alice");
        bob = Person.on(node, "bob");
        List.of("bob", "carol", "dave").forEach(name -> Person.on(node, name).does(whoAmI()));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aChannelIsNotMadeWithMoreMembersThanItMayHave() {
        assertEquals(ErrorCode.MEMBER_LIMIT, alice.outcomeOf(creation("crowd", "bob", "carol", "dave")));
        assertEquals(ErrorCode.CHANNEL_NOT_FOUND, alice.outcomeOf(join("crowd")), "nothing was made");
        assertEquals(ErrorCode.OK, alice.outcomeOf(creation("company", "bob", "carol")));
    }

    @Test
    void aFullChannelTakesNobody_untilSomebodyLeaves() {
        alice.createsPublic("full");
        bob.joins("full");
        assertEquals(ErrorCode.MEMBER_LIMIT, alice.outcomeOf(addition("full", "carol", "dave")), "all or nobody");
        assertEquals(2, alice.sees("full").getMemberCount());
        Person.on(node, "carol").joins("full");
        assertEquals(ErrorCode.MEMBER_LIMIT, Person.on(node, "dave").outcomeOf(join("full")));
        assertEquals(ErrorCode.MEMBER_LIMIT, alice.outcomeOf(addition("full", "dave")));
        bob.does(Cmd.newBuilder().setLeaveChannel(LeaveChannel.newBuilder().setChannelId("full")));
        assertEquals(3, Person.on(node, "dave").joins("full").getMemberCount());
    }

    @Test
    void pinsAreFew_andOneThatIsTakenOffMakesRoom() {
        alice.creates("pins");
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i <= Limits.CHAT_PINS_MAX; i++) {
            messages.add(alice.sends("pins", "m" + i));
        }
        Message last = messages.removeLast();
        messages.forEach(message -> alice.does(pin(message)));
        assertEquals(ErrorCode.PIN_LIMIT, alice.outcomeOf(pin(last)));
        assertEquals(ErrorCode.OK, alice.outcomeOf(pin(messages.getFirst())), "is pinned already");
        alice.does(Cmd.newBuilder()
                .setUnpinMessage(UnpinMessage.newBuilder()
                        .setChannelId("pins")
                        .setMessageId(messages.getFirst().getId())));
        alice.does(pin(last));
        var pins = alice.does(Cmd.newBuilder().setListPins(ListPins.newBuilder().setChannelId("pins")))
                .getListPins();
        assertEquals(Limits.CHAT_PINS_MAX, pins.getItemsCount());
        assertEquals(last.getId(), pins.getItems(0).getId());
    }

    @Test
    void aMessageHasFewKindsOfReactions_ofWhichEverybodyMayGiveEach() {
        alice.creates("kinds", "bob");
        Message message = alice.sends("kinds", "react!");
        for (int i = 0; i < Limits.CHAT_REACTION_KINDS_MAX; i++) {
            alice.does(react(message, "kind" + i));
        }
        assertEquals(ErrorCode.REACTION_LIMIT, bob.outcomeOf(react(message, "new")));
        assertEquals(ErrorCode.OK, bob.outcomeOf(react(message, "kind0")));
        alice.does(unreact(message, "kind0"));
        assertEquals(ErrorCode.REACTION_LIMIT, bob.outcomeOf(react(message, "new")), "bob's keeps the kind");
        bob.does(unreact(message, "kind0"));
        assertEquals(ErrorCode.OK, bob.outcomeOf(react(message, "new")));
    }

    @Test
    void aChannelIsChangedInItsPresentVersionOrInAny() {
        long version = alice.createsPublic("versions").getVersion();
        assertEquals(ErrorCode.PRECONDITION_FAILED, alice.outcomeOf(rename("versions", version + 1)));
        assertEquals(ErrorCode.OK, alice.outcomeOf(rename("versions", version)));
        assertEquals(ErrorCode.PRECONDITION_FAILED, alice.outcomeOf(rename("versions", version)), "it is a new one");
        assertEquals(ErrorCode.OK, alice.outcomeOf(rename("versions", 0)), "any");
    }

    /** Whoever asks is known from then on. */
    private static Cmd.Builder whoAmI() {
        return Cmd.newBuilder().setGetMe(GetMe.getDefaultInstance());
    }

    private static Cmd.Builder creation(String id, String... members) {
        return Cmd.newBuilder()
                .setCreateChannel(CreateChannel.newBuilder().setId(id).addAllMemberIds(List.of(members)));
    }

    private static Cmd.Builder join(String id) {
        return Cmd.newBuilder().setJoinChannel(JoinChannel.newBuilder().setChannelId(id));
    }

    private static Cmd.Builder addition(String id, String... users) {
        return Cmd.newBuilder()
                .setInviteMembers(
                        InviteMembers.newBuilder().setChannelId(id).setAdd(true).addAllUserIds(List.of(users)));
    }

    private static Cmd.Builder rename(String id, long version) {
        return Cmd.newBuilder()
                .setUpdateChannel(UpdateChannel.newBuilder()
                        .setChannelId(id)
                        .setName("new")
                        .setVersion(version));
    }

    private static Cmd.Builder pin(Message message) {
        return Cmd.newBuilder()
                .setPinMessage(PinMessage.newBuilder().setChannelId("pins").setMessageId(message.getId()));
    }

    private static Cmd.Builder react(Message message, String kind) {
        return Cmd.newBuilder()
                .setReact(React.newBuilder()
                        .setChannelId("kinds")
                        .setMessageId(message.getId())
                        .setKind(kind));
    }

    private static Cmd.Builder unreact(Message message, String kind) {
        return Cmd.newBuilder()
                .setUnreact(Unreact.newBuilder()
                        .setChannelId("kinds")
                        .setMessageId(message.getId())
                        .setKind(kind));
    }
}
