package io.parley.chat.store;

import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Message;
import io.parley.chat.domain.MessageAddress;
import io.parley.chat.domain.MessageRef;
import io.parley.chat.domain.ThreadView;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages as they are now, their earlier texts, and what threads look like. */
public final class PgMessages {
    /** A message that somebody named. */
    public record Named(ChannelKey channel, MessageAddress id) {}

    /** A text before an edit; {@code eventOffset} is where the edit is in the log. */
    public record Version(int number, String text, long atMillis, long eventOffset) {}

    private static final String INSERT = """
            INSERT INTO message (tenant, channel_id, month, off, id, author_id, client_id, body, custom, parent_id,
              parent_off, timeline, quoted_id, quoted_off, mentions, kind, created_at_ms)
            SELECT tenant, channel_id, month, off, id, author_id, client_id, body, custom, parent_id, parent_off,
              timeline, quoted_id, quoted_off,
              CASE WHEN mentions = '' THEN '{}' ELSE string_to_array(mentions, ' ') END, kind, created_at_ms
            FROM unnest($1::text[], $2::text[], $3::integer[], $4::bigint[], $5::text[], $6::text[], $7::text[],
              $8::text[], $9::bytea[], $10::text[], $11::bigint[], $12::boolean[], $13::text[], $14::bigint[],
              $15::text[], $16::text[], $17::bigint[])
              AS n (tenant, channel_id, month, off, id, author_id, client_id, body, custom, parent_id, parent_off,
                timeline, quoted_id, quoted_off, mentions, kind, created_at_ms)""";
    private static final String FIND = "SELECT " + Rows.MESSAGE + """
             FROM unnest($1::text[], $2::text[], $3::bigint[], $4::integer[], $5::text[])
              AS k (tenant, channel_id, off, month, id)
            JOIN message g ON g.tenant = k.tenant AND g.channel_id = k.channel_id AND g.off = k.off
              AND g.month = k.month AND g.id = k.id""";
    private static final String EDIT = """
            UPDATE message SET body = $5, custom = $6, mentions = $7, edited_at_ms = $8, version = $9
            WHERE tenant = $1 AND channel_id = $2 AND month = $3 AND off = $4""";
    private static final String KEEP_VERSION = """
            INSERT INTO message_version (tenant, channel_id, message_off, version, body, at_ms, event_off)
            VALUES ($1, $2, $3, $4, $5, $6, $7)""";
    private static final String VERSIONS = """
            SELECT version, body, at_ms, event_off FROM message_version
            WHERE tenant = $1 AND channel_id = $2 AND message_off = $3 ORDER BY version""";
    private static final String ENTOMB = """
            UPDATE message SET deleted_at_ms = $5 WHERE tenant = $1 AND channel_id = $2 AND month = $3 AND off = $4""";
    private static final String ERASE =
            "DELETE FROM message WHERE tenant = $1 AND channel_id = $2 AND month = $3 AND off = $4";
    private static final List<String> ERASE_WITH_IT = List.of(
            "DELETE FROM message_version WHERE tenant = $1 AND channel_id = $2 AND message_off = $3",
            "DELETE FROM reaction WHERE tenant = $1 AND channel_id = $2 AND message_off = $3");
    /** Creations and edits: both carry the quote. */
    private static final String EVENTS_QUOTING = """
            WITH quoting AS (SELECT off FROM message
              WHERE tenant = $1 AND channel_id = $2 AND quoted_off = $3 AND quoted_off > 0 LIMIT $4)
            SELECT off FROM quoting UNION ALL
            SELECT v.event_off FROM message_version v JOIN quoting q ON v.message_off = q.off
            WHERE v.tenant = $1 AND v.channel_id = $2""";

    private static final String PUT_THREADS = """
            INSERT INTO thread (tenant, channel_id, parent_off, reply_count, last_reply_at_ms, participants)
            SELECT tenant, channel_id, parent_off, reply_count, last_reply_at_ms,
              CASE WHEN participants = '' THEN '{}' ELSE string_to_array(participants, ' ') END
            FROM unnest($1::text[], $2::text[], $3::bigint[], $4::integer[], $5::bigint[], $6::text[])
              AS n (tenant, channel_id, parent_off, reply_count, last_reply_at_ms, participants)
            ON CONFLICT (tenant, channel_id, parent_off) DO UPDATE SET reply_count = excluded.reply_count,
              last_reply_at_ms = excluded.last_reply_at_ms, participants = excluded.participants""";
    private static final String THREADS = """
            SELECT t.* FROM unnest($1::text[], $2::text[], $3::bigint[]) AS k (tenant, channel_id, parent_off)
            JOIN thread t ON t.tenant = k.tenant AND t.channel_id = k.channel_id AND t.parent_off = k.parent_off""";
    /** What a thread looks like now, from its replies: the newest distinct authors first. */
    private static final String COUNT_THREAD = """
            SELECT (SELECT count(*) FROM message g WHERE g.tenant = $1 AND g.channel_id = $2 AND g.parent_off = $3
                AND g.deleted_at_ms = 0)::integer AS reply_count,
              coalesce((SELECT g.created_at_ms FROM message g WHERE g.tenant = $1 AND g.channel_id = $2
                AND g.parent_off = $3 AND g.deleted_at_ms = 0 ORDER BY g.off DESC LIMIT 1), 0) AS last_reply_at_ms,
              ARRAY(SELECT g.author_id FROM message g WHERE g.tenant = $1 AND g.channel_id = $2 AND g.parent_off = $3
                AND g.deleted_at_ms = 0 GROUP BY g.author_id ORDER BY max(g.off) DESC LIMIT $4) AS participants""";

    private static final String MENTION = """
            INSERT INTO mention (tenant, channel_id, user_id, message_off, author_id)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[])""";
    private static final String FORGET_MENTIONS = """
            DELETE FROM mention
            WHERE tenant = $1 AND channel_id = $2 AND message_off = $3 AND user_id = ANY ($4::text[])""";

    private PgMessages() {}

    public static Future<Void> insert(SqlConnection connection, List<Message> messages) {
        Buffer[] custom = Arrays.bytes(messages, Message::custom);
        Tuple columns = Tuple.tuple()
                .addArrayOfString(
                        Arrays.texts(messages, message -> message.channel().tenant()))
                .addArrayOfString(
                        Arrays.texts(messages, message -> message.channel().id()))
                .addArrayOfInteger(Arrays.ints(messages, Message::month))
                .addArrayOfLong(Arrays.longs(messages, Message::offset))
                .addArrayOfString(Arrays.texts(messages, Message::id))
                .addArrayOfString(Arrays.texts(messages, Message::authorId))
                .addArrayOfString(Arrays.texts(messages, Message::clientId))
                .addArrayOfString(Arrays.texts(messages, Message::text))
                .addArrayOfBuffer(custom)
                .addArrayOfString(Arrays.texts(messages, Message::parentId))
                .addArrayOfLong(Arrays.longs(messages, Message::parentOffset))
                .addArrayOfBoolean(Arrays.booleans(messages, Message::timeline))
                .addArrayOfString(Arrays.texts(messages, Message::quotedId))
                .addArrayOfLong(Arrays.longs(messages, Message::quotedOffset))
                .addArrayOfString(Arrays.texts(messages, message -> String.join(" ", message.mentions())))
                .addArrayOfString(Arrays.texts(messages, Message::kind))
                .addArrayOfLong(Arrays.longs(messages, Message::createdAtMillis));
        return connection.preparedQuery(INSERT).execute(columns).mapEmpty();
    }

    /** By where they are; deleted ones too. */
    public static Future<Map<MessageRef, Message>> find(SqlClient client, Collection<Named> named) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(
                        Arrays.texts(named, name -> name.channel().tenant()),
                        Arrays.texts(named, name -> name.channel().id()),
                        Arrays.longs(named, name -> name.id().offset()),
                        Arrays.ints(named, name -> name.id().month()),
                        Arrays.texts(named, name -> name.id().toString())))
                .map(rows -> {
                    Map<MessageRef, Message> found = new HashMap<>();
                    rows.forEach(row -> {
                        Message message = Rows.message(row);
                        found.put(message.ref(), message);
                    });
                    return found;
                });
    }

    public static Future<Optional<Message>> find(SqlClient client, ChannelKey channel, String id) {
        return MessageAddress.parse(id)
                .map(parsed -> find(client, List.of(new Named(channel, parsed)))
                        .map(found -> found.values().stream().findFirst()))
                .orElse(Future.succeededFuture(Optional.empty()));
    }

    /** Writes the message as edited and keeps the text before. */
    public static Future<Void> edit(SqlConnection connection, Message before, Message after, long eventOffset) {
        Future<?> kept = connection
                .preparedQuery(KEEP_VERSION)
                .execute(Tuple.of(before.channel().tenant(), before.channel().id(), before.offset(), before.version())
                        .addString(before.text())
                        .addLong(Math.max(before.editedAtMillis(), before.createdAtMillis()))
                        .addLong(eventOffset));
        Future<?> written = connection
                .preparedQuery(EDIT)
                .execute(place(after)
                        .addString(after.text())
                        .addBuffer(Buffer.buffer(after.custom()))
                        .addArrayOfString(after.mentions().toArray(String[]::new))
                        .addLong(after.editedAtMillis())
                        .addInteger(after.version()));
        return Future.all(kept, written).mapEmpty();
    }

    /** Earlier texts, oldest first. */
    public static Future<List<Version>> versions(SqlClient client, MessageRef message) {
        return client.preparedQuery(VERSIONS).execute(of(message)).map(rows -> {
            List<Version> versions = new ArrayList<>(rows.size());
            rows.forEach(row -> versions.add(new Version(
                    row.getInteger("version"), row.getString("body"), row.getLong("at_ms"), row.getLong("event_off"))));
            return versions;
        });
    }

    /** Leaves a tombstone. */
    public static Future<Void> entomb(SqlConnection connection, Message message, long nowMillis) {
        return connection
                .preparedQuery(ENTOMB)
                .execute(place(message).addLong(nowMillis))
                .mapEmpty();
    }

    /** Leaves nothing. */
    public static Future<Void> erase(SqlConnection connection, Message message) {
        List<Future<?>> sent = new ArrayList<>();
        sent.add(connection.preparedQuery(ERASE).execute(place(message)));
        ERASE_WITH_IT.forEach(sql -> sent.add(connection.preparedQuery(sql).execute(of(message.ref()))));
        return Future.all(sent).mapEmpty();
    }

    /** Offsets of the events of messages that quote this one. */
    public static Future<List<Long>> eventsQuoting(SqlClient client, MessageRef message, int limit) {
        return client.preparedQuery(EVENTS_QUOTING)
                .execute(of(message).addInteger(limit))
                .map(rows -> {
                    List<Long> offsets = new ArrayList<>(rows.size());
                    rows.forEach(row -> offsets.add(row.getLong("off")));
                    return offsets;
                });
    }

    /** Threads by parent; those that have none are left out. */
    public static Future<Map<MessageRef, ThreadView>> threads(SqlClient client, Collection<MessageRef> parents) {
        return client.preparedQuery(THREADS)
                .execute(Tuple.of(
                        Arrays.texts(parents, parent -> parent.channel().tenant()),
                        Arrays.texts(parents, parent -> parent.channel().id()),
                        Arrays.longs(parents, MessageRef::offset)))
                .map(rows -> {
                    Map<MessageRef, ThreadView> threads = new HashMap<>();
                    rows.forEach(row -> threads.put(
                            new MessageRef(
                                    new ChannelKey(row.getString("tenant"), row.getString("channel_id")),
                                    row.getLong("parent_off")),
                            thread(row)));
                    return threads;
                });
    }

    public static Future<Void> putThreads(SqlConnection connection, Map<MessageRef, ThreadView> threads) {
        List<Map.Entry<MessageRef, ThreadView>> rows = List.copyOf(threads.entrySet());
        return connection
                .preparedQuery(PUT_THREADS)
                .execute(Tuple.of(
                        Arrays.texts(rows, row -> row.getKey().channel().tenant()),
                        Arrays.texts(rows, row -> row.getKey().channel().id()),
                        Arrays.longs(rows, row -> row.getKey().offset()),
                        Arrays.ints(rows, row -> row.getValue().replyCount()),
                        Arrays.longs(rows, row -> row.getValue().lastReplyAtMillis()),
                        Arrays.texts(
                                rows, row -> String.join(" ", row.getValue().participants()))))
                .mapEmpty();
    }

    /** What a thread looks like from its replies alone; needed when one of them went. */
    public static Future<ThreadView> countThread(SqlClient client, MessageRef parent) {
        return client.preparedQuery(COUNT_THREAD)
                .execute(of(parent).addInteger(ThreadView.PARTICIPANTS_MAX))
                .map(rows -> thread(rows.iterator().next()));
    }

    /** Messages that count as mentions: those of the timeline. */
    public static Future<Void> mention(SqlConnection connection, List<Message> messages) {
        record Mention(Message message, String userId) {}
        List<Mention> mentions = messages.stream()
                .flatMap(message -> message.mentions().stream().map(user -> new Mention(message, user)))
                .toList();
        return connection
                .preparedQuery(MENTION)
                .execute(Tuple.of(
                        Arrays.texts(
                                mentions, mention -> mention.message().channel().tenant()),
                        Arrays.texts(
                                mentions, mention -> mention.message().channel().id()),
                        Arrays.texts(mentions, Mention::userId),
                        Arrays.longs(mentions, mention -> mention.message().offset()),
                        Arrays.texts(mentions, mention -> mention.message().authorId())))
                .mapEmpty();
    }

    public static Future<Void> forgetMentions(SqlConnection connection, Message message) {
        return connection
                .preparedQuery(FORGET_MENTIONS)
                .execute(of(message.ref()).addArrayOfString(message.mentions().toArray(String[]::new)))
                .mapEmpty();
    }

    private static ThreadView thread(Row row) {
        return new ThreadView(
                row.getInteger("reply_count"),
                row.getLong("last_reply_at_ms"),
                List.of(row.getArrayOfStrings("participants")));
    }

    private static Tuple of(MessageRef message) {
        return Tuple.of(message.channel().tenant(), message.channel().id(), message.offset());
    }

    private static Tuple place(Message message) {
        return Tuple.of(message.channel().tenant(), message.channel().id(), message.month(), message.offset());
    }
}
