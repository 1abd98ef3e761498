package io.parley.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.chat.domain.MonthOfYear;
import io.parley.kernel.contract.StreamContracts;
import io.parley.schema.SystemClock;
import io.parley.schema.bus.v1.StreamKey;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.v1.GetHistory;
import io.parley.schema.v1.Message;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.SubscribeResult.Lost;
import io.parley.testkit.ManualClock;
import io.parley.testkit.SeededRandomness;
import io.parley.testkit.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The log is the truth: projections follow from it, counts follow from offsets, months only cut it into pieces. */
@ExtendWith(TestPostgres.class)
final class LogAndCountsIT {
    private static final int STEPS = 60;

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void countsEqualTheOraclesAndProjectionsTheLogs(long seed, TestPostgres postgres) {
        try (var node = ChatNode.start(postgres.options(), new SystemClock())) {
            List<Person> people =
                    List.of(Person.on(node, "o" + seed), Person.on(node, "p" + seed), Person.on(node, "q" + seed));
            String channel = "talk-" + seed;
            var talk = new RandomTalk(channel, people, new SeededRandomness(seed));
            for (int i = 0; i < STEPS; i++) {
                talk.step();
                for (Person person : people) {
                    var own = person.sees(channel).getOwn();
                    assertEquals(
                            List.of(talk.unread(person), talk.mentions(person), talk.firstUnread(person)),
                            List.of((long) own.getUnread(), (long) own.getUnreadMentions(), own.getFirstUnreadOffset()),
                            () -> person.id() + " after step");
                }
            }
            Map<String, List<String>> live = projections(postgres, channel);
            assertEquals(
                    people.getFirst().sees(channel).getHead().getOffset(),
                    ChatNode.await(node.admin().rebuild("acme", channel)));
            assertEquals(live, projections(postgres, channel));
        }
    }

    @Test
    void aChannelThatSpansMonthsReadsAsOneAndLosesWhatIsDetached(TestPostgres postgres) {
        ManualClock clock = new ManualClock();
        try (var node = ChatNode.start(postgres.options(), clock)) {
            Person alice = Person.on(node, "alice");
            var channel = alice.creates("months");
            for (int month = 0; month < 3; month++) {
                for (int i = 0; i < 5; i++) {
                    clock.advance(Duration.ofMinutes(1));
                    alice.sends("months", month + "." + i);
                }
                clock.advance(Duration.ofDays(31).minusMinutes(5));
            }
            clock.jumpWall(Duration.ofDays(-45)); // a clock far behind must not write into an old month
            alice.sends("months", "late");
            assertEquals(3, postgres.number("SELECT count(*) FROM channel_segment WHERE channel_id = 'months'"));
            assertEquals(
                    List.of(
                            "0.0", "0.1", "0.2", "0.3", "0.4", "1.0", "1.1", "1.2", "1.3", "1.4", "2.0", "2.1", "2.2",
                            "2.3", "2.4", "late"),
                    texts(alice, 5));
            long january = ManualClock.START_WALL_MILLIS;
            ChatNode.await(node.admin().detachMonth(MonthOfYear.at(january)));
            assertEquals("1.0", texts(alice, 5).getFirst());
            var slice = ChatNode.await(StreamContracts.READ_LOG
                    .at(ChatNode.ID)
                    .ask(
                            node.vertx.eventBus(),
                            StreamRead.newBuilder()
                                    .setKey(StreamKey.newBuilder()
                                            .setTenant("acme")
                                            .setStream("ch:months"))
                                    .setSince(Position.newBuilder(channel.getHead()))
                                    .setLimit(10)
                                    .build(),
                            Duration.ofSeconds(5)));
            assertEquals(Lost.TOO_OLD, slice.getLost());
        }
    }

    @Test
    void aTimeFindsItsPlaceInTheHistory(TestPostgres postgres) {
        ManualClock clock = new ManualClock();
        clock.advance(Duration.ofHours(1));
        try (var node = ChatNode.start(postgres.options(), clock)) {
            Person alice = Person.on(node, "alice");
            alice.creates("times");
            List<Message> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clock.advance(Duration.ofMinutes(1));
                sent.add(alice.sends("times", "t" + i));
            }
            var around = alice.reads(GetHistory.newBuilder()
                    .setChannelId("times")
                    .setLimit(4)
                    .setAroundTime(sent.get(9).getCreatedAt()));
            assertEquals(
                    List.of("t8", "t9", "t10", "t11"),
                    around.getItemsList().stream().map(Message::getText).toList());
            var byMessage = alice.reads(GetHistory.newBuilder()
                    .setChannelId("times")
                    .setLimit(4)
                    .setAroundMessageId(sent.get(10).getId()));
            assertEquals(around.getItemsList(), byMessage.getItemsList());
            assertTrue(!around.getPrev().isEmpty() && !around.getNext().isEmpty());
        }
    }

    /** All of a channel's history, page by page. */
    private static List<String> texts(Person reader, int pageSize) {
        List<String> texts = new ArrayList<>();
        var query = GetHistory.newBuilder().setChannelId("months").setLimit(pageSize);
        var page = reader.reads(query);
        while (true) {
            texts.addAll(0, page.getItemsList().stream().map(Message::getText).toList());
            if (page.getPrev().isEmpty()) {
                return texts;
            }
            page = reader.reads(query.setCursor(page.getPrev()));
        }
    }

    private static Map<String, List<String>> projections(TestPostgres postgres, String channel) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String table : List.of("message", "message_version", "thread", "member", "reaction", "pin", "mention")) {
            rows.put(
                    table,
                    postgres.strings("SELECT x::text FROM " + table + " x WHERE channel_id = $1 ORDER BY 1", channel));
        }
        rows.put("channel", postgres.strings("SELECT x::text FROM channel x WHERE id = $1", channel));
        return rows;
    }
}
