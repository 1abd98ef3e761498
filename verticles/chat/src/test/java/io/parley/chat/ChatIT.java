package io.parley.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.kernel.contract.StreamContracts;
import io.parley.schema.SystemClock;
import io.parley.schema.bus.v1.StreamAuthorize;
import io.parley.schema.bus.v1.StreamKey;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.bus.v1.StreamSlice;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Message;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.Push;
import io.parley.testkit.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of a channel, through the bus and a real PostgreSQL. */
@ExtendWith(TestPostgres.class)
final class ChatIT {
    private ChatNode node;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start(TestPostgres postgres) {
        node = ChatNode.start(postgres.options(), new SystemClock());
        alice = Person.on(node, "alice");
        bob = Person.on(node, "bob");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void whatIsSentIsInTheHistoryAndOnTheStream() {
        alice.createsPublic("talk");
        bob.joins("talk");
        Message first = alice.sends("talk", "hello");
        Message second = bob.sends("talk", "hi");
        assertEquals(
                List.of("hello", "hi"),
                alice.reads("talk").getItemsList().stream()
                        .map(Message::getText)
                        .toList());
        assertEquals(first.getOffset() + 1, second.getOffset());
        assertEquals("bob", second.getAuthor().getName());
        List<Push> pushes = node.pushes("ch:talk");
        assertEquals(
                LongStream.rangeClosed(1, pushes.size()).boxed().toList(),
                pushes.stream().map(Push::getOffset).toList());
        assertEquals(second, pushes.getLast().getMessageCreated().getMessage());
    }

    @Test
    void theLogGivesExactlyWhatWasPublished() {
        alice.createsPublic("log");
        for (int i = 0; i < 5; i++) {
            alice.sends("log", "m" + i);
        }
        List<Push> pushes = node.pushes("ch:log");
        StreamSlice slice = ChatNode.await(StreamContracts.READ_LOG
                .at(ChatNode.ID)
                .ask(
                        node.vertx.eventBus(),
                        StreamRead.newBuilder()
                                .setKey(StreamKey.newBuilder().setTenant("acme").setStream("ch:log"))
                                .setSince(Position.newBuilder()
                                        .setEpoch(pushes.getFirst().getEpoch()))
                                .setLimit(100)
                                .build(),
                        Duration.ofSeconds(5)));
        assertEquals(pushes, slice.getEventsList());
        assertEquals(pushes.getLast().getOffset(), slice.getHead().getOffset());
    }

    @Test
    void aRepeatedSendStoresOnce() {
        alice.creates("once");
        var send = alice.send("once", "only");
        Message first = alice.does(send).getSendMessage().getMessage();
        var again = alice.does(send);
        assertTrue(again.getReplayed());
        assertTrue(again.getSendMessage().getDuplicate());
        assertEquals(first, again.getSendMessage().getMessage());
        assertEquals(1, alice.reads("once").getItemsCount());
        send.getSendMessageBuilder().setText("other");
        assertEquals(ErrorCode.IDEMPOTENCY_MISMATCH, alice.outcomeOf(send));
    }

    @Test
    void onlyMembersMayListen() {
        alice.creates("secret");
        alice.createsPublic("open");
        assertEquals(ErrorCode.CHANNEL_NOT_FOUND.getNumber(), authorize(bob, "ch:secret"));
        assertEquals(ErrorCode.NOT_A_MEMBER.getNumber(), authorize(bob, "ch:open"));
        assertEquals(0, authorize(alice, "ch:secret"));
        assertEquals(ErrorCode.CHANNEL_NOT_FOUND.getNumber(), authorize(Person.on(node, "other", "alice"), "ch:open"));
    }

    @Test
    void historyPagesMeetWithoutHoleOrOverlap() {
        alice.creates("pages");
        for (int i = 0; i < 25; i++) {
            alice.sends("pages", "m" + i);
        }
        var query = io.parley.schema.v1.GetHistory.newBuilder()
                .setChannelId("pages")
                .setLimit(10);
        var newest = alice.reads(query);
        var middle = alice.reads(query.setCursor(newest.getPrev()));
        var oldest = alice.reads(query.setCursor(middle.getPrev()));
        assertEquals("", oldest.getPrev());
        assertEquals("", newest.getNext());
        assertEquals(
                List.of("m0", "m4", "m5", "m14", "m15", "m24"),
                List.of(
                        oldest.getItems(0).getText(),
                        oldest.getItems(4).getText(),
                        middle.getItems(0).getText(),
                        middle.getItems(9).getText(),
                        newest.getItems(0).getText(),
                        newest.getItems(9).getText()));
        assertEquals(
                middle.getItemsList(),
                alice.reads(query.setCursor(oldest.getNext())).getItemsList());
    }

    private int authorize(Person person, String stream) {
        return ChatNode.await(StreamContracts.AUTHORIZE_CHANNEL
                        .at(ChatNode.ID)
                        .ask(
                                node.vertx.eventBus(),
                                StreamAuthorize.newBuilder()
                                        .setCaller(person.caller())
                                        .setStream(stream)
                                        .build(),
                                Duration.ofSeconds(5)))
                .getError()
                .getCode();
    }
}
