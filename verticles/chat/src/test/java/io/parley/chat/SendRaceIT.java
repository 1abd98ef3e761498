package io.parley.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.kernel.contract.StreamContracts;
import io.parley.schema.SystemClock;
import io.parley.schema.bus.v1.Outcome;
import io.parley.schema.bus.v1.StreamHeadsRead;
import io.parley.schema.bus.v1.StreamKey;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.OpenDirect;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.SendMessage;
import io.parley.testkit.TestPostgres;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sends that race, repeat, fail and are interrupted. */
@ExtendWith(TestPostgres.class)
final class SendRaceIT {
    private static final Duration WAIT = Duration.ofSeconds(5);

    @Test
    void racingRetriesStoreOnceAndLeaveNoHole(TestPostgres postgres) {
        try (var one = ChatNode.start(postgres.options(), new SystemClock());
                var two = ChatNode.start(postgres.options(), new SystemClock())) {
            Person alice = Person.on(one, "racer");
            alice.creates("race");
            long before = alice.sees("race").getHead().getOffset();
            List<SendMessage> drafts = IntStream.range(0, 50)
                    .mapToObj(i -> alice.draft("race", "m" + i).build())
                    .toList();
            List<Future<Outcome>> racing = new ArrayList<>();
            for (int round = 0; round < 6; round++) {
                Person here = round % 2 == 0 ? alice : alice.at(two);
                drafts.forEach(draft -> racing.add(here.tries(Cmd.newBuilder().setSendMessage(draft))));
            }
            ChatNode.await(Future.all(racing));
            var answers = racing.stream().map(answer -> answer.result().getOk().getSendMessage());
            assertEquals(
                    50,
                    answers.filter(answer -> answer.hasMessage() && !answer.getDuplicate())
                            .count());
            assertTrue(racing.stream().allMatch(answer -> answer.result().hasOk()));
            assertEquals(
                    LongStream.rangeClosed(before + 1, before + 50).boxed().toList(),
                    postgres.longs("SELECT off FROM message WHERE channel_id = 'race' ORDER BY off"));
        }
    }

    @Test
    void twoWritersNeverForkAChannel(TestPostgres postgres) {
        try (var one = ChatNode.start(postgres.options(), new SystemClock());
                var two = ChatNode.start(postgres.options(), new SystemClock())) {
            Person here = Person.on(one, "here");
            Person there = Person.on(two, "there");
            List<String> channels = List.of("fork-b", "fork-a", "fork-c");
            channels.forEach(id -> here.creates(id, "there"));
            List<Future<Outcome>> sent = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                sent.add(here.tries(here.send(channels.get(i % 3), "h" + i)));
                sent.add(there.tries(there.send(channels.get((i + 1) % 3), "t" + i)));
            }
            ChatNode.await(Future.all(sent));
            assertTrue(sent.stream().allMatch(answer -> answer.result().hasOk()));
            for (String id : channels) {
                long head = here.sees(id).getHead().getOffset();
                assertEquals(
                        LongStream.rangeClosed(1, head).boxed().toList(),
                        postgres.longs("SELECT off FROM channel_event WHERE channel_id = $1 ORDER BY off", id));
            }
            assertTrue(one.meters.get("parley.chat.batch.messages").summary().max() > 1);
        }
    }

    @Test
    void oneBadSendDoesNotSpoilItsBatch(TestPostgres postgres) {
        try (var node = ChatNode.start(postgres.options(), new SystemClock())) {
            Person alice = Person.on(node, "alice");
            Person mallory = Person.on(node, "mallory");
            alice.creates("batch");
            mallory.outcomeOf(mallory.send("batch", "warm up"));
            Future<Outcome> good = alice.tries(alice.send("batch", "good"));
            Future<Outcome> stranger = mallory.tries(mallory.send("batch", "bad"));
            Future<Outcome> empty = alice.tries(alice.send("batch", " "));
            Future<Outcome> lost = alice.tries(alice.send("nowhere", "bad"));
            Future<Outcome> better = alice.tries(alice.send("batch", "better"));
            ChatNode.await(Future.all(good, stranger, empty, lost, better));
            assertTrue(good.result().hasOk() && better.result().hasOk());
            assertEquals(
                    ErrorCode.CHANNEL_NOT_FOUND.getNumber(),
                    stranger.result().getError().getCode());
            assertEquals(
                    ErrorCode.INVALID_REQUEST.getNumber(),
                    empty.result().getError().getCode());
            assertEquals(
                    ErrorCode.CHANNEL_NOT_FOUND.getNumber(),
                    lost.result().getError().getCode());
            assertEquals(2, alice.reads("batch").getItemsCount());
        }
    }

    @Test
    void whatWasCommittedButNeverPublishedIsFoundInTheLog(TestPostgres postgres) {
        try (var mute = ChatNode.mute(postgres.options(), new SystemClock());
                var next = ChatNode.start(postgres.options(), new SystemClock())) {
            Person alice = Person.on(mute, "alice");
            var channel = alice.creates("heal");
            alice.sends("heal", "committed, then the node died");
            StreamKey key = StreamKey.newBuilder()
                    .setTenant("acme")
                    .setStream("ch:heal")
                    .build();
            var heads = ChatNode.await(StreamContracts.HEADS
                    .at(ChatNode.ID)
                    .ask(
                            next.vertx.eventBus(),
                            StreamHeadsRead.newBuilder().addKeys(key).build(),
                            WAIT));
            assertEquals(
                    channel.getHead().getOffset() + 1,
                    heads.getHeads(0).getPosition().getOffset());
            var slice = ChatNode.await(StreamContracts.READ_LOG
                    .at(ChatNode.ID)
                    .ask(
                            next.vertx.eventBus(),
                            StreamRead.newBuilder()
                                    .setKey(key)
                                    .setSince(Position.newBuilder(channel.getHead()))
                                    .setLimit(10)
                                    .build(),
                            WAIT));
            assertEquals(
                    "committed, then the node died",
                    slice.getEvents(0).getMessageCreated().getMessage().getText());
        }
    }

    @Test
    void directConversationsOpenedAtOnceAreOne(TestPostgres postgres) {
        try (var one = ChatNode.start(postgres.options(), new SystemClock());
                var two = ChatNode.start(postgres.options(), new SystemClock())) {
            List<Future<Outcome>> opened = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                opened.add(Person.on(one, "dm-a")
                        .tries(Cmd.newBuilder()
                                .setOpenDirect(OpenDirect.newBuilder().addUserIds("dm-b"))));
                opened.add(Person.on(two, "dm-b")
                        .tries(Cmd.newBuilder()
                                .setOpenDirect(OpenDirect.newBuilder().addUserIds("dm-a"))));
            }
            ChatNode.await(Future.all(opened));
            assertEquals(
                    1,
                    opened.stream()
                            .map(answer -> answer.result()
                                    .getOk()
                                    .getOpenDirect()
                                    .getChannel()
                                    .getId())
                            .distinct()
                            .count());
        }
    }

    @Test
    void aDatabaseThatIsGoneIsUnavailableAndBackIsBack(TestPostgres postgres) {
        try (var node = ChatNode.start(postgres.options(), new SystemClock(), Map.of("chat.answer-limit", "2s"))) {
            Person alice = Person.on(node, "alice");
            alice.creates("down");
            var admin = new TestDatabaseSwitch(postgres);
            admin.off();
            try {
                assertEquals(ErrorCode.UNAVAILABLE, alice.outcomeOf(alice.send("down", "lost?")));
                assertEquals(
                        ErrorCode.UNAVAILABLE,
                        alice.outcomeOf(Cmd.newBuilder()
                                .setGetHistory(io.parley.schema.v1.GetHistory.newBuilder()
                                        .setChannelId("down"))));
            } finally {
                admin.on();
            }
            alice.sends("down", "found");
            assertEquals(1, alice.reads("down").getItemsCount());
        }
    }
}
