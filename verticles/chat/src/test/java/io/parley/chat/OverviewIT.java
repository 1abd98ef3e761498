package io.parley.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.schema.SystemClock;
import io.parley.schema.v1.BrowseChannels;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.GetMe;
import io.parley.schema.v1.GetUnread;
import io.parley.schema.v1.GetUsers;
import io.parley.schema.v1.ListChannelTypes;
import io.parley.schema.v1.ListChannels;
import io.parley.schema.v1.ListMembers;
import io.parley.schema.v1.ListReceipts;
import io.parley.schema.v1.MarkRead;
import io.parley.schema.v1.Message;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.SetTyping;
import io.parley.schema.v1.UpdateMe;
import io.parley.testkit.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people see of their channels: lists, counts, markers, mentions, profiles. */
@ExtendWith(TestPostgres.class)
final class OverviewIT {
    private ChatNode node;
    private Person alice;
    private Person bob;
    private Person carol;

    @BeforeEach
    void start(TestPostgres postgres) {
        node = ChatNode.start(postgres.options(), new SystemClock());
        alice = Person.on(node, "alice");
        bob = Person.on(node, "bob");
        carol = Person.on(node, "carol");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void listsShowWhatTheyAreAbout() {
        Person dora = Person.on(node, "lists", "dora");
        Person eve = Person.on(node, "lists", "eve");
        dora.creates("older", "eve");
        dora.createsPublic("newer");
        eve.joins("newer");
        dora.sends("older", "wake up");
        var mine = eve.does(Cmd.newBuilder()
                        .setListChannels(ListChannels.newBuilder().setLimit(1)))
                .getListChannels();
        assertEquals("older", mine.getItems(0).getId());
        assertEquals(1, mine.getItems(0).getOwn().getUnread());
        assertEquals("wake up", mine.getItems(0).getLastMessage().getText());
        var next = eve.does(Cmd.newBuilder()
                        .setListChannels(ListChannels.newBuilder().setLimit(1).setCursor(mine.getNext())))
                .getListChannels();
        assertEquals("newer", next.getItems(0).getId());
        assertEquals("", next.getNext());
        var totals = eve.does(Cmd.newBuilder().setGetUnread(GetUnread.getDefaultInstance()))
                .getGetUnread();
        assertEquals(List.of(1, 1), List.of(totals.getMessages(), totals.getChannels()));
        Person zoe = Person.on(node, "lists", "zoe");
        var found = zoe.does(Cmd.newBuilder()
                        .setBrowseChannels(BrowseChannels.newBuilder().setPrefix("NEW")))
                .getBrowseChannels();
        assertEquals(1, found.getItemsCount());
        assertEquals(
                ErrorCode.BAD_CURSOR,
                zoe.outcomeOf(Cmd.newBuilder()
                        .setListChannels(ListChannels.newBuilder().setCursor(mine.getNext()))));
        assertEquals(
                2,
                eve.does(Cmd.newBuilder()
                                .setListMembers(ListMembers.newBuilder().setChannelId("older")))
                        .getListMembers()
                        .getItemsCount());
    }

    @Test
    void profilesAndTypesAndTypingAnswer() {
        alice.creates("misc", "bob");
        alice.does(Cmd.newBuilder().setUpdateMe(UpdateMe.newBuilder().setName("Alice A.")));
        assertEquals(
                "Alice A.",
                alice.does(Cmd.newBuilder().setGetMe(GetMe.getDefaultInstance()))
                        .getGetMe()
                        .getUser()
                        .getName());
        assertEquals(
                2,
                bob.does(Cmd.newBuilder()
                                .setGetUsers(GetUsers.newBuilder()
                                        .addUserIds("alice")
                                        .addUserIds("ghost")
                                        .addUserIds("bob")))
                        .getGetUsers()
                        .getUsersCount());
        assertEquals(
                4,
                bob.does(Cmd.newBuilder().setListChannelTypes(ListChannelTypes.getDefaultInstance()))
                        .getListChannelTypes()
                        .getItemsCount());
        var typing = Cmd.newBuilder()
                .setSetTyping(SetTyping.newBuilder().setChannelId("misc").setTyping(true));
        bob.does(typing);
        bob.does(typing);
        assertEquals(1, node.pushes("ch:misc").stream().filter(Push::hasTyping).count());
        assertEquals(ErrorCode.CHANNEL_NOT_FOUND, carol.outcomeOf(typing));
    }

    @Test
    void readingIsToldToTheReadersDevicesAndToTheChannel() {
        alice.creates("read", "bob");
        Message message = alice.sends("read", "look");
        assertEquals(message.getOffset(), bob.sees("read").getOwn().getFirstUnreadOffset());
        var state = bob.does(Cmd.newBuilder().setMarkRead(MarkRead.newBuilder().setChannelId("read")))
                .getMarkRead();
        assertEquals(0, state.getOwn().getUnread());
        assertEquals(0, node.pushes("me:bob").getLast().getReadMarkerMoved().getUnread());
        assertEquals(
                message.getOffset(),
                node.pushes("ch:read").getLast().getReceiptMoved().getReceipt().getReadOffset());
        assertEquals(
                2,
                alice.does(Cmd.newBuilder()
                                .setListReceipts(ListReceipts.newBuilder().setChannelId("read")))
                        .getListReceipts()
                        .getItemsCount());
    }

    @Test
    void mentionsAreCountedAndToldToTheInbox() {
        alice.creates("calls", "bob", "carol");
        alice.does(Cmd.newBuilder().setSendMessage(alice.draft("calls", "hey").addMentions("@channel")));
        alice.does(Cmd.newBuilder().setSendMessage(alice.draft("calls", "bob!").addMentions("bob")));
        assertEquals(2, bob.sees("calls").getOwn().getUnreadMentions());
        assertEquals(1, carol.sees("calls").getOwn().getUnreadMentions());
        assertEquals(
                2, node.pushes("me:bob").stream().filter(Push::hasMentioned).count());
        assertEquals(
                ErrorCode.FORBIDDEN,
                bob.outcomeOf(
                        Cmd.newBuilder().setSendMessage(bob.draft("calls", "x").addMentions("@channel"))));
        assertEquals(
                ErrorCode.INVALID_REQUEST,
                alice.outcomeOf(Cmd.newBuilder()
                        .setSendMessage(alice.draft("calls", "x").addMentions("nobody"))));
    }
}
