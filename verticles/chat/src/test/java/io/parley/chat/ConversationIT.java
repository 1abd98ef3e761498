package io.parley.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.schema.SystemClock;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.DeleteChannel;
import io.parley.schema.v1.DeleteMessage;
import io.parley.schema.v1.EditMessage;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.GetEvents;
import io.parley.schema.v1.GetHistory;
import io.parley.schema.v1.InviteMembers;
import io.parley.schema.v1.JoinChannel;
import io.parley.schema.v1.LeaveChannel;
import io.parley.schema.v1.ListPins;
import io.parley.schema.v1.ListReactions;
import io.parley.schema.v1.ListVersions;
import io.parley.schema.v1.Message;
import io.parley.schema.v1.OpenDirect;
import io.parley.schema.v1.PinMessage;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.React;
import io.parley.schema.v1.RemoveMember;
import io.parley.schema.v1.SetMemberRole;
import io.parley.schema.v1.UnpinMessage;
import io.parley.schema.v1.Unreact;
import io.parley.schema.v1.UpdateChannel;
import io.parley.testkit.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people do in channels and with messages, through the bus and a real PostgreSQL. */
@ExtendWith(TestPostgres.class)
final class ConversationIT {
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
    void aPrivateChannelTakesTheInvitedOnly() {
        alice.creates("priv");
        assertEquals(ErrorCode.CHANNEL_NOT_FOUND, bob.outcomeOf(join("priv")));
        alice.does(Cmd.newBuilder()
                .setInviteMembers(
                        InviteMembers.newBuilder().setChannelId("priv").addUserIds("bob")));
        assertEquals(1, node.pushes("me:bob").stream().filter(Push::hasInvited).count());
        assertEquals(ErrorCode.NOT_A_MEMBER, bob.outcomeOf(bob.send("priv", "too early")));
        assertEquals("bob", bob.joins("priv").getOwn().getMember().getUserId());
        assertEquals(ErrorCode.ALREADY_MEMBER, bob.outcomeOf(join("priv")));
        bob.sends("priv", "in");
        alice.does(Cmd.newBuilder()
                .setRemoveMember(RemoveMember.newBuilder().setChannelId("priv").setUserId("bob")));
        assertTrue(node.pushes("ch:priv").getLast().hasMemberLeft());
        assertEquals(ErrorCode.CHANNEL_NOT_FOUND, bob.outcomeOf(bob.send("priv", "out")));
    }

    @Test
    void theLastOwnerStays() {
        alice.createsPublic("owned");
        bob.joins("owned");
        var leave = Cmd.newBuilder().setLeaveChannel(LeaveChannel.newBuilder().setChannelId("owned"));
        assertEquals(ErrorCode.LAST_OWNER, alice.outcomeOf(leave));
        assertEquals(ErrorCode.FORBIDDEN, bob.outcomeOf(role("owned", "bob", "owner")));
        alice.does(role("owned", "bob", "owner"));
        alice.does(leave);
        assertEquals(1, bob.sees("owned").getMemberCount());
        assertEquals(ErrorCode.LAST_OWNER, bob.outcomeOf(role("owned", "bob", "member")));
    }

    @Test
    void aDirectConversationIsFoundByItsPeople() {
        var open = Cmd.newBuilder()
                .setOpenDirect(OpenDirect.newBuilder().addUserIds("bob").addUserIds("carol"));
        var first = alice.does(open).getOpenDirect().getChannel();
        var second = bob.does(Cmd.newBuilder()
                        .setOpenDirect(
                                OpenDirect.newBuilder().addUserIds("carol").addUserIds("alice")))
                .getOpenDirect()
                .getChannel();
        assertEquals(first.getId(), second.getId());
        assertEquals(3, second.getMembersCount());
        assertTrue(second.getDirect());
        carol.sends(first.getId(), "hi both");
    }

    @Test
    void aGuestTalksInADirectConversation() {
        Person guest = Person.guest(node, "visitor");
        var open = Cmd.newBuilder().setOpenDirect(OpenDirect.newBuilder().addUserIds("bob"));
        String id = guest.does(open).getOpenDirect().getChannel().getId();
        guest.sends(id, "hello?");
        bob.sends(id, "hello!");
        assertEquals(2, guest.reads(id).getItemsCount());
    }

    @Test
    void anEditKeepsTheTextBefore() {
        alice.creates("edits", "bob");
        Message message = alice.sends("edits", "helo");
        assertEquals(ErrorCode.FORBIDDEN, bob.outcomeOf(edit(message, "hacked")));
        Message edited = alice.does(edit(message, "hello")).getEditMessage().getMessage();
        assertEquals(1, edited.getVersion());
        assertEquals("hello", bob.reads("edits").getItems(0).getText());
        var versions = Cmd.newBuilder()
                .setListVersions(ListVersions.newBuilder().setChannelId("edits").setMessageId(message.getId()));
        assertEquals("helo", alice.does(versions).getListVersions().getItems(0).getText());
        assertEquals(ErrorCode.FORBIDDEN, bob.outcomeOf(versions));
        var stale = edit(message, "again");
        stale.getEditMessageBuilder().setVersion(0);
        assertEquals(ErrorCode.PRECONDITION_FAILED, alice.outcomeOf(stale));
    }

    @Test
    void aDeletedTextIsNowhereToBeRead() {
        alice.creates("gone", "bob");
        Message message = alice.does(Cmd.newBuilder()
                        .setSendMessage(alice.draft("gone", "s3cret @bob").addMentions("bob")))
                .getSendMessage()
                .getMessage();
        bob.does(Cmd.newBuilder().setSendMessage(bob.draft("gone", "you said").setQuotedId(message.getId())));
        assertEquals("s3cret @bob", bob.reads("gone").getItems(1).getQuote().getExcerpt());
        alice.does(delete(message, false));
        Message tombstone = bob.reads("gone").getItems(0);
        assertTrue(tombstone.hasDeletedAt());
        assertEquals("", tombstone.getText());
        assertFalse(bob.reads("gone").toString().contains("s3cret"));
        assertFalse(events(bob, "gone").toString().contains("s3cret"));
        assertEquals(ErrorCode.MESSAGE_DELETED, alice.outcomeOf(edit(message, "x")));
        assertEquals(ErrorCode.MESSAGE_DELETED, alice.outcomeOf(delete(message, false)));
        alice.does(delete(message, true));
        assertEquals(1, bob.reads("gone").getItemsCount());
    }

    @Test
    void nothingOfAHardDeletedMessageIsStored(TestPostgres postgres) {
        alice.creates("hard", "bob");
        Message message = alice.does(Cmd.newBuilder()
                        .setSendMessage(alice.draft("hard", "zzsecretzz").addMentions("bob")))
                .getSendMessage()
                .getMessage();
        alice.does(edit(message, "zzsecretzz too"));
        alice.does(delete(message, true));
        for (String table : List.of("channel_event", "inbox_event")) {
            assertEquals(
                    0,
                    postgres.number(
                            "SELECT count(*) FROM " + table + " WHERE position('zzsecretzz'::bytea in payload) > 0"),
                    table);
        }
        assertEquals(0, postgres.number("SELECT count(*) FROM message WHERE body LIKE '%zzsecretzz%'"));
        assertEquals(0, postgres.number("SELECT count(*) FROM message_version WHERE body LIKE '%zzsecretzz%'"));
    }

    @Test
    void aThreadIsSeenFromItsParentAndStaysOutOfTheTimeline() {
        alice.creates("threads", "bob");
        Message parent = alice.sends("threads", "topic");
        Message reply = bob.does(Cmd.newBuilder()
                        .setSendMessage(bob.draft("threads", "reply").setParentId(parent.getId())))
                .getSendMessage()
                .getMessage();
        bob.does(Cmd.newBuilder()
                .setSendMessage(bob.draft("threads", "loud reply")
                        .setParentId(parent.getId())
                        .setAlsoInChannel(true)));
        assertEquals(2, alice.reads("threads").getItemsCount());
        assertEquals(2, alice.reads("threads").getItems(0).getThread().getReplyCount());
        var thread = GetHistory.newBuilder().setChannelId("threads").setParentId(parent.getId());
        assertEquals(2, alice.reads(thread).getItemsCount());
        alice.does(delete(reply, true));
        assertEquals(1, alice.reads("threads").getItems(0).getThread().getReplyCount());
        assertEquals(1, alice.sees("threads").getOwn().getUnread());
        var nested = Cmd.newBuilder().setSendMessage(alice.draft("threads", "deep"));
        nested.getSendMessageBuilder()
                .setParentId(alice.reads(thread).getItems(0).getId());
        assertEquals(ErrorCode.INVALID_REQUEST, alice.outcomeOf(nested));
    }

    @Test
    void aReactionCountsOncePerUser() {
        alice.creates("react", "bob");
        Message message = alice.sends("react", "nice?");
        var react = Cmd.newBuilder()
                .setReact(React.newBuilder()
                        .setChannelId("react")
                        .setMessageId(message.getId())
                        .setKind("+1"));
        bob.does(react);
        bob.does(react);
        alice.does(react);
        Message seen = bob.reads("react").getItems(0);
        assertEquals(2, seen.getReactions(0).getCount());
        assertEquals(List.of("+1"), seen.getOwnReactionsList());
        bob.does(Cmd.newBuilder()
                .setUnreact(Unreact.newBuilder()
                        .setChannelId("react")
                        .setMessageId(message.getId())
                        .setKind("+1")));
        assertEquals(
                List.of("alice"),
                bob
                        .does(Cmd.newBuilder()
                                .setListReactions(ListReactions.newBuilder()
                                        .setChannelId("react")
                                        .setMessageId(message.getId())))
                        .getListReactions()
                        .getItemsList()
                        .stream()
                        .map(io.parley.schema.v1.Reaction::getUserId)
                        .toList());
        assertEquals(
                3,
                node.pushes("ch:react").stream()
                        .filter(push -> push.hasReactionAdded() || push.hasReactionRemoved())
                        .count());
    }

    @Test
    void pinsAreListedNewestFirst() {
        alice.creates("pins");
        Message first = alice.sends("pins", "one");
        Message second = alice.sends("pins", "two");
        for (Message message : List.of(first, second, first)) {
            alice.does(Cmd.newBuilder()
                    .setPinMessage(PinMessage.newBuilder().setChannelId("pins").setMessageId(message.getId())));
        }
        var list = Cmd.newBuilder().setListPins(ListPins.newBuilder().setChannelId("pins"));
        assertEquals(
                List.of("two", "one"),
                alice.does(list).getListPins().getItemsList().stream()
                        .map(Message::getText)
                        .toList());
        alice.does(Cmd.newBuilder()
                .setUnpinMessage(UnpinMessage.newBuilder().setChannelId("pins").setMessageId(second.getId())));
        assertEquals(1, alice.does(list).getListPins().getItemsCount());
    }

    @Test
    void aFrozenChannelIsSilentAndASlowOneSaysWhenToComeBack() {
        var channel = alice.createsPublic("cold");
        bob.joins("cold");
        var update = UpdateChannel.newBuilder().setChannelId("cold").setFrozen(true);
        assertEquals(
                ErrorCode.PRECONDITION_REQUIRED,
                alice.outcomeOf(Cmd.newBuilder().setUpdateChannel(update)));
        alice.does(Cmd.newBuilder().setUpdateChannel(update.setVersion(channel.getVersion())));
        assertEquals(ErrorCode.CHANNEL_FROZEN, bob.outcomeOf(bob.send("cold", "brr")));
        assertEquals(
                ErrorCode.PRECONDITION_FAILED,
                alice.outcomeOf(Cmd.newBuilder().setUpdateChannel(update.setVersion(channel.getVersion()))));
        update.setVersion(channel.getVersion() + 1).setFrozen(false).setSlowModeSeconds(60);
        alice.does(Cmd.newBuilder().setUpdateChannel(update));
        bob.sends("cold", "first");
        var slow = ChatNode.await(bob.tries(bob.send("cold", "second"))).getError();
        assertEquals("SLOW_MODE", slow.getName());
        assertTrue(slow.getAfterMs() > 50_000);
        alice.sends("cold", "owners");
        alice.sends("cold", "may");
    }

    @Test
    void aDeletedChannelIsGoneForEverybody() {
        alice.creates("doomed", "bob");
        var delete =
                Cmd.newBuilder().setDeleteChannel(DeleteChannel.newBuilder().setChannelId("doomed"));
        assertEquals(ErrorCode.FORBIDDEN, bob.outcomeOf(delete));
        alice.does(delete);
        assertEquals(ErrorCode.CHANNEL_NOT_FOUND, alice.outcomeOf(alice.send("doomed", "?")));
        assertEquals(
                "deleted", node.pushes("me:bob").getLast().getChannelRemoved().getReason());
        assertEquals(
                ErrorCode.CHANNEL_EXISTS,
                alice.outcomeOf(Cmd.newBuilder()
                        .setCreateChannel(
                                io.parley.schema.v1.CreateChannel.newBuilder().setId("doomed"))));
    }

    @Test
    void aRepeatedEffectGivesTheFirstAnswer() {
        var create = Cmd.newBuilder()
                .setKey("k-" + System.identityHashCode(node))
                .setCreateChannel(io.parley.schema.v1.CreateChannel.newBuilder().setName("once"));
        var first = alice.does(create);
        var again = alice.does(create);
        assertTrue(again.getReplayed());
        assertEquals(first.getCreateChannel(), again.getCreateChannel());
        create.getCreateChannelBuilder().setName("other");
        assertEquals(ErrorCode.IDEMPOTENCY_MISMATCH, alice.outcomeOf(create));
    }

    private static io.parley.schema.v1.Events events(Person person, String channel) {
        return person.does(Cmd.newBuilder()
                        .setGetEvents(
                                GetEvents.newBuilder().setChannelId(channel).setLimit(500)))
                .getGetEvents();
    }

    private static Cmd.Builder join(String channel) {
        return Cmd.newBuilder().setJoinChannel(JoinChannel.newBuilder().setChannelId(channel));
    }

    private static Cmd.Builder role(String channel, String user, String role) {
        return Cmd.newBuilder()
                .setSetMemberRole(SetMemberRole.newBuilder()
                        .setChannelId(channel)
                        .setUserId(user)
                        .setRole(role));
    }

    private static Cmd.Builder edit(Message message, String text) {
        return Cmd.newBuilder()
                .setEditMessage(EditMessage.newBuilder()
                        .setChannelId(message.getChannelId())
                        .setMessageId(message.getId())
                        .setText(text));
    }

    private static Cmd.Builder delete(Message message, boolean hard) {
        return Cmd.newBuilder()
                .setDeleteMessage(DeleteMessage.newBuilder()
                        .setChannelId(message.getChannelId())
                        .setMessageId(message.getId())
                        .setHard(hard));
    }
}
