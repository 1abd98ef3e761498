package io.parley.chat;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.store.PgMaintenance;
import io.parley.kernel.store.Transactions;
import io.parley.schema.Randomness;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;

/** What operators do to the chat database by hand; safe while nodes run. */
public final class ChatAdmin {
    private static final Duration PATIENCE = Duration.ofHours(1);
    private final Transactions transactions;

    public ChatAdmin(Vertx vertx, Pool postgres, Randomness randomness, MeterRegistry meters) {
        this.transactions = new Transactions("chat", vertx, postgres, randomness, PATIENCE, meters);
    }

    /** Makes a channel's projections anew from its log; gives how many events it has. The channel waits meanwhile. */
    public Future<Long> rebuild(String tenant, String channelId) {
        return new Rebuild(transactions).channel(new ChannelKey(tenant, channelId));
    }

    /**
     * Takes a month (year x 12 + month of year - 1) out of the log and the messages. Its partitions stay as tables of
     * their own, to be archived or dropped; clients that resume from there load a snapshot. False when it has none.
     */
    public Future<Boolean> detachMonth(int month) {
        return transactions.write(sql -> PgMaintenance.hasMonth(sql, month)
                .compose(there -> PgMaintenance.detachMonth(sql, month).map(there)));
    }
}
