package io.parley.chat;

import io.parley.chat.api.Redaction;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Message;
import io.parley.chat.domain.MessageRef;
import io.parley.chat.store.PgInbox;
import io.parley.chat.store.PgLog;
import io.parley.chat.store.PgMessages;
import io.parley.schema.Limits;
import io.parley.schema.v1.Push;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Takes back what a deleted message said wherever else it was written down: in the log, in quotes, in inboxes. Softly,
 * the log keeps the text for audit and only readers stop seeing it; hard, nothing of it remains.
 */
final class Withdrawal {
    private Withdrawal() {}

    static Future<Void> ofTexts(SqlConnection sql, Message message, boolean hard) {
        ChannelKey channel = message.channel();
        return PgMessages.versions(sql, message.ref())
                .compose(versions -> {
                    List<Long> own = new ArrayList<>();
                    own.add(message.offset());
                    versions.forEach(version -> own.add(version.eventOffset()));
                    return hard ? rewrite(sql, channel, own, Redaction::blank) : PgLog.withdraw(sql, channel, own);
                })
                .compose(_ -> quotes(sql, message))
                .compose(_ -> inboxes(sql, message.ref()));
    }

    private static Future<Void> quotes(SqlConnection sql, Message message) {
        return PgMessages.eventsQuoting(sql, message.ref(), Limits.CHAT_QUOTING_MAX)
                .compose(events -> events.isEmpty()
                        ? Future.succeededFuture()
                        : rewrite(sql, message.channel(), events, Redaction::unquote));
    }

    private static Future<Void> rewrite(
            SqlConnection sql, ChannelKey channel, List<Long> offsets, UnaryOperator<Push> change) {
        return PgLog.find(sql, channel, offsets)
                .map(entries -> entries.stream()
                        .map(entry -> entry.withPayload(
                                change.apply(StreamServer.push(entry.payload())).toByteArray()))
                        .toList())
                .compose(entries -> PgLog.replace(sql, channel, entries));
    }

    private static Future<Void> inboxes(SqlConnection sql, MessageRef message) {
        return PgInbox.about(sql, message)
                .map(entries -> entries.stream()
                        .map(entry -> entry.withPayload(Redaction.blank(StreamServer.push(entry.payload()))
                                .toByteArray()))
                        .toList())
                .compose(entries -> entries.isEmpty()
                        ? Future.succeededFuture()
                        : PgInbox.replace(sql, message.channel().tenant(), entries));
    }
}
