package io.parley.chat;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.schema.SystemClock;
import io.parley.schema.bus.v1.Outcome;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.CreateChannel;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.SentMessage;
import io.parley.schema.v1.UpdateChannel;
import io.parley.testkit.ManualClock;
import io.parley.testkit.TestPostgres;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys make repeating safe: while the first request runs, for a day after it, and no longer. */
@ExtendWith(TestPostgres.class)
final class KeysIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aRequestWhoseKeyIsStillAtWorkComesBackLater_andThenHearsTheFirstAnswer(TestPostgres postgres) {
        try (var node = ChatNode.start(postgres.options(), new SystemClock(), Map.of("chat.answer-limit", "60s"))) {
            Person alice = Person.on(node, "alice");
            alice.createsPublic("busy");
            SqlConnection other = ChatNode.await(postgres.pool(1).getConnection());
            ChatNode.await(other.query("BEGIN").execute());
            ChatNode.await(other.query("SELECT 1 FROM channel WHERE id = 'busy' FOR UPDATE")
                    .execute());
            Future<Outcome> first = alice.tries(renaming("k1"));
            await().atMost(PATIENCE).until(() -> keysAtWork(postgres) == 1);

            var refused = ChatNode.await(alice.tries(renaming("k1"))).getError();
            assertEquals("KEY_IN_FLIGHT", refused.getName());
            assertTrue(refused.getAfterMs() > 0, "and hears when to come back");
            assertFalse(first.isComplete());

            ChatNode.await(other.query("ROLLBACK").execute());
            ChatNode.await(other.close());
            var made = ChatNode.await(first).getOk();
            var again = alice.does(renaming("k1"));
            assertTrue(again.getReplayed() && !made.getReplayed());
            assertEquals(made.getUpdateChannel(), again.getUpdateChannel());
            assertEquals(0, keysAtWork(postgres));
        }
    }

    /** Locks on keys, as the database sees them. */
    private static long keysAtWork(TestPostgres postgres) {
        return postgres.number("""
                SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                WHERE l.locktype = 'advisory' AND d.datname = current_database()""");
    }

    private static Cmd.Builder renaming(String key) {
        return Cmd.newBuilder()
                .setKey(key)
                .setUpdateChannel(UpdateChannel.newBuilder()
                        .setChannelId("busy")
                        .setVersion(0)
                        .setName("new name"));
    }

    @Test
    void answersAreKeptForADayAndThenForgotten(TestPostgres postgres) {
        ManualClock clock = new ManualClock();
        try (var node = ChatNode.start(postgres.options(), clock, Map.of("chat.maintenance", "1s"))) {
            Person alice = Person.on(node, "alice");
            alice.creates("day");
            long old = clock.wallMillis();
            alice.does(creation("old"));
            assertFalse(sends(alice, "old").getDuplicate());
            clock.advance(Duration.ofHours(2));
            alice.does(creation("young"));
            assertFalse(sends(alice, "young").getDuplicate());

            clock.advance(Duration.ofHours(22).plusMinutes(1));
            await().atMost(PATIENCE)
                    .until(() -> postgres.number("SELECT count(*) FROM idempotency WHERE at_ms <= $1", old) == 0);
            assertTrue(alice.does(creation("young")).getReplayed(), "younger than a day");
            assertTrue(sends(alice, "young").getDuplicate());
            assertEquals(ErrorCode.CHANNEL_EXISTS, alice.outcomeOf(creation("old")), "a request like any other");
            assertFalse(sends(alice, "old").getDuplicate());
            assertEquals(3, alice.reads("day").getItemsCount(), "old, young, and old once more");
        }
    }

    /** The key is the id of the channel, too. */
    private static Cmd.Builder creation(String key) {
        return Cmd.newBuilder()
                .setKey(key)
                .setCreateChannel(CreateChannel.newBuilder().setId(key));
    }

    private static SentMessage sends(Person who, String clientId) {
        var draft = who.draft("day", "hello").setClientId("c-" + clientId);
        return who.does(Cmd.newBuilder().setSendMessage(draft)).getSendMessage();
    }
}
