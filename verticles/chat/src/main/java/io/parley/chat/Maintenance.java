package io.parley.chat;

import io.parley.chat.domain.MonthOfYear;
import io.parley.chat.store.PgIdempotency;
import io.parley.chat.store.PgInbox;
import io.parley.chat.store.PgMaintenance;
import io.parley.kernel.store.Transactions;
import io.parley.schema.Clock;
import io.parley.schema.Limits;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the partitions of coming months and removes what was kept long enough. Any number of nodes may do it at once.
 */
final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private final Transactions transactions;
    private final ChatConfig config;
    private final Clock clock;
    private boolean running;

    Maintenance(Transactions transactions, ChatConfig config, Clock clock) {
        this.transactions = transactions;
        this.config = config;
        this.clock = clock;
    }

    /** One run at a time, each of bounded work; what is left over waits for the next. */
    void run() {
        if (running) {
            return;
        }
        running = true;
        createMonths()
                .compose(_ -> purge())
                .onFailure(failure -> LOG.warn("chat maintenance failed: {}", failure.toString()))
                .onComplete(_ -> running = false, _ -> running = false);
    }

    /** This month and the next ones. */
    Future<Void> createMonths() {
        int now = MonthOfYear.at(clock.wallMillis());
        Future<Void> made = Future.succeededFuture();
        for (int month = now; month <= now + Limits.CHAT_MONTHS_AHEAD; month++) {
            int next = month;
            made = made.compose(_ -> transactions.write(sql -> PgMaintenance.createMonth(sql, next)));
        }
        return made;
    }

    /** Gives how many rows went. */
    Future<Integer> purge() {
        long now = clock.wallMillis();
        long answersBefore = now - config.idempotencyKept().toMillis();
        long inboxBefore = now - config.inboxKept().toMillis();
        return transactions
                .write(sql -> PgIdempotency.purge(sql, answersBefore, Limits.CHAT_PURGE_ROWS_MAX))
                .compose(answers -> transactions
                        .write(sql -> PgInbox.trim(sql, inboxBefore, Limits.CHAT_PURGE_ROWS_MAX))
                        .map(events -> answers + events));
    }
}
