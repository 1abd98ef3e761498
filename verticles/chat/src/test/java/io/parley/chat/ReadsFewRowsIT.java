package io.parley.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Segments;
import io.parley.chat.domain.UserKey;
import io.parley.chat.store.PgLog;
import io.parley.chat.store.PgPages;
import io.parley.schema.SystemClock;
import io.parley.testkit.TestPostgres;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Reading costs what is read, not what is stored, also before PostgreSQL has looked at a table for the first time:
 * plans are made while the tables are empty, then a channel fills and nothing is analysed.
 */
@ExtendWith(TestPostgres.class)
final class ReadsFewRowsIT {
    private static final int STORED = 20_000;
    private static final int PAGE = 51;
    /** What a page may fetch: its messages, and for each what hangs on it. */
    private static final long FEW = 10L * PAGE;

    /** Copies the one message and its event, and hangs a thread, a pin and two reactions on every message. */
    private static final List<String> FILLING = List.of("""
            INSERT INTO message SELECT tenant, channel_id, month, off + n, id || n, author_id, client_id || n,
              repeat('x', 500), custom, parent_id, parent_off, timeline, quoted_id, quoted_off, mentions, kind,
              created_at_ms, edited_at_ms, deleted_at_ms, version
            FROM message, generate_series(1, 20000) AS n WHERE tenant = 'plans'""", """
            INSERT INTO channel_event SELECT tenant, channel_id, month, off + n, at_ms, kind, withdrawn, payload
            FROM channel_event, generate_series(1, 20000) AS n
            WHERE tenant = 'plans' AND off = (SELECT max(off) FROM channel_event WHERE tenant = 'plans')""", """
            INSERT INTO thread SELECT tenant, channel_id, off, 1, 1, '{bob}'
            FROM message WHERE tenant = 'plans'""", """
            INSERT INTO pin SELECT tenant, channel_id, off, 'bob', 1, off
            FROM message WHERE tenant = 'plans'""", """
            INSERT INTO reaction SELECT tenant, channel_id, off, k, 'bob', 1
            FROM message, unnest('{heart,smile}'::text[]) AS k WHERE tenant = 'plans'""");

    private static final String FETCHED =
            "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint AS n FROM pg_stat_user_tables";

    private ChatNode node;
    private SqlConnection sql;
    private PgPages.Query query;

    @BeforeEach
    void fill(TestPostgres postgres) throws Exception {
        node = ChatNode.start(postgres.options(), new SystemClock());
        Person alice = Person.on(node, "plans", "alice");
        alice.creates("big");
        alice.sends("big", "one");
        sql = await(PgConnection.connect(
                node.vertx, new PgConnectOptions(postgres.options()).setCachePreparedStatements(true)));
        run("ALTER SYSTEM SET autovacuum = off");
        run("SELECT pg_reload_conf()");
        query = query();
        reads().forEach(read -> await(read.get()));
        FILLING.forEach(this::run);
        run("UPDATE channel SET head = head + %d WHERE tenant = 'plans'".formatted(STORED));
        query = query();
    }

    @AfterEach
    void stop() {
        run("ALTER SYSTEM RESET autovacuum");
        await(sql.close());
        node.close();
    }

    @Test
    void whateverIsStored() {
        assertTrue(query.head() > STORED);
        for (Supplier<Future<Integer>> read : reads()) {
            long before = fetched();
            int found = await(read.get());
            long cost = fetched() - before;
            assertTrue(cost <= FEW, "%d rows were fetched to find %d".formatted(cost, found));
        }
        assertEquals(
                List.of(PAGE, PAGE, PAGE, 1),
                reads().stream().map(read -> await(read.get())).toList());
    }

    /** Each gives the number of rows it found. */
    private List<Supplier<Future<Integer>>> reads() {
        UserKey alice = new UserKey("plans", "alice");
        String channel = query.channel().id();
        return List.of(
                () -> PgPages.older(sql, query, query.head() + 1, PAGE).map(List::size),
                () -> PgPages.newer(sql, query, query.head() / 2, PAGE).map(List::size),
                () -> PgLog.read(sql, query.channel(), query.segments(), query.head() / 2, PAGE)
                        .map(List::size),
                () -> PgPages.newest(sql, alice, List.of(channel)).map(found -> found.size()));
    }

    private PgPages.Query query() {
        var row = await(sql.query("""
                SELECT c.id, c.head, s.month, s.first_offset FROM channel c
                JOIN channel_segment s ON s.tenant = c.tenant AND s.channel_id = c.id
                WHERE c.tenant = 'plans'""").execute()).iterator().next();
        var segments =
                new Segments(List.of(new Segments.Segment(row.getInteger("month"), row.getLong("first_offset"))));
        var key = new ChannelKey("plans", row.getString("id"));
        return new PgPages.Query(key, "alice", segments, row.getLong("head"), 0);
    }

    /** Rows of all tables that this connection has fetched so far, by index or by reading a table. */
    private long fetched() {
        run("SELECT pg_stat_force_next_flush()");
        return await(sql.query(FETCHED).execute()).iterator().next().getLong("n");
    }

    private void run(String statement) {
        await(sql.query(statement).execute());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
