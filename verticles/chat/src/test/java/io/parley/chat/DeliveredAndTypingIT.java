package io.parley.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.kernel.contract.StreamContracts;
import io.parley.schema.bus.v1.DeliveredBatch;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.ListReceipts;
import io.parley.schema.v1.Message;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.Receipt;
import io.parley.schema.v1.SetTyping;
import io.parley.testkit.ManualClock;
import io.parley.testkit.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is told in passing: how far messages got, who is typing. */
@ExtendWith(TestPostgres.class)
final class DeliveredAndTypingIT {
    private final ManualClock clock = new ManualClock();
    private ChatNode node;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start(TestPostgres postgres) {
        node = ChatNode.start(postgres.options(), clock);
        alice = Person.on(node, "alice");
        bob = Person.on(node, "bob");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void whatGatewaysSayWasDeliveredMovesTheMarkerAndIsTold() throws InterruptedException {
        alice.creates("delivered", "bob");
        Message message = alice.sends("delivered", "did you get this");
        delivered(item("delivered", "bob", message.getOffset()), item("delivered", "stranger", message.getOffset()));
        Receipt told = told("delivered", "bob");
        assertEquals(message.getOffset(), told.getDeliveredOffset());
        assertEquals(List.of(told), receipts("delivered", "bob"));
        assertEquals(List.of(), receipts("delivered", "stranger"));
    }

    @Test
    void aDeliveredMarkerStaysBelowTheHeadAndGoesForwardOnly() throws InterruptedException {
        alice.creates("bounded", "bob", "carol");
        Message message = alice.sends("bounded", "one");
        delivered(item("bounded", "bob", message.getOffset() + 1_000));
        assertEquals(message.getOffset(), told("bounded", "bob").getDeliveredOffset());
        delivered(item("bounded", "bob", 1), item("bounded", "carol", message.getOffset()));
        told("bounded", "carol");
        assertEquals(message.getOffset(), receipts("bounded", "bob").getFirst().getDeliveredOffset());
    }

    @Test
    void aMessageEndsItsAuthorsTypingSoThatTheNextIsAnnouncedAtOnce() {
        alice.creates("typing", "bob");
        types(alice);
        types(alice);
        types(bob);
        alice.sends("typing", "done");
        types(alice); // no time has passed on the clock
        List<String> heard = node.pushes("ch:typing").stream()
                .filter(Push::hasTyping)
                .map(Push::getTyping)
                .map(typing -> typing.getUserId() + (typing.getTyping() ? " types" : " stopped"))
                .toList();
        assertEquals(List.of("alice types", "bob types", "alice stopped", "alice types"), heard);
    }

    private static void types(Person person) {
        person.does(Cmd.newBuilder()
                .setSetTyping(SetTyping.newBuilder().setChannelId("typing").setTyping(true)));
    }

    private void delivered(DeliveredBatch.Item... items) {
        StreamContracts.DELIVERED
                .at(ChatNode.ID)
                .send(
                        node.vertx.eventBus(),
                        DeliveredBatch.newBuilder().addAllItems(List.of(items)).build());
    }

    private static DeliveredBatch.Item item(String channel, String user, long offset) {
        return DeliveredBatch.Item.newBuilder()
                .setTenant("acme")
                .setChannelId(channel)
                .setUserId(user)
                .setOffset(offset)
                .build();
    }

    private Receipt told(String channel, String user) throws InterruptedException {
        return node.awaitPush(
                        "ch:" + channel,
                        push -> push.hasReceiptMoved()
                                && push.getReceiptMoved()
                                        .getReceipt()
                                        .getUserId()
                                        .equals(user))
                .getReceiptMoved()
                .getReceipt();
    }

    private List<Receipt> receipts(String channel, String user) {
        var all = alice.does(
                Cmd.newBuilder().setListReceipts(ListReceipts.newBuilder().setChannelId(channel)));
        return all.getListReceipts().getItemsList().stream()
                .filter(receipt -> receipt.getUserId().equals(user))
                .toList();
    }
}
