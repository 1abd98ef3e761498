package io.parley.chat;

import io.parley.chat.api.Streams;
import io.parley.chat.domain.Access;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Channel;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Marker;
import io.parley.chat.domain.Member;
import io.parley.chat.domain.MemberKey;
import io.parley.chat.store.PgChannels;
import io.parley.chat.store.PgLog;
import io.parley.chat.store.PgMembers;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Push;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One effect on at most one channel inside one transaction: what it appends to the log, to inboxes, and tells
 * afterwards. Lives for one attempt; a lost race starts again with a new one.
 */
final class Work {
    private final ChatParts parts;
    private final SqlConnection sql;
    private final Actor actor;
    private final long nowMillis;
    private final Notes notes;
    private final List<PgLog.Entry> entries = new ArrayList<>();
    private final List<Publication> publications = new ArrayList<>();
    private @Nullable LogHead log;

    Work(ChatParts parts, SqlConnection sql, Actor actor) {
        this.parts = parts;
        this.sql = sql;
        this.actor = actor;
        this.nowMillis = parts.clock().wallMillis();
        this.notes = new Notes(parts.inboxEpoch(), nowMillis);
    }

    SqlConnection sql() {
        return sql;
    }

    Actor actor() {
        return actor;
    }

    long nowMillis() {
        return nowMillis;
    }

    Notes notes() {
        return notes;
    }

    /** Locks the channel until the end; then nobody else appends to it or changes its members. */
    Future<Access> lock(String channelId) {
        ChannelKey key = actor.user().channel(channelId);
        Future<Map<ChannelKey, Channel>> locked = PgChannels.lock(sql, List.of(key));
        // Sent behind the lock, so it sees what the last holder committed.
        Future<Optional<PgMembers.Standing>> standing = PgMembers.find(sql, new MemberKey(key, actor.id()));
        return Future.all(locked, standing).map(_ -> {
            Channel channel = locked.result().get(key);
            if (channel == null || channel.isDeleted()) {
                throw Refusal.of(ErrorCode.CHANNEL_NOT_FOUND);
            }
            return opened(channel, standing.result());
        });
    }

    /** The channel was made by this transaction. */
    Access created(Channel channel, Optional<Member> member) {
        return opened(channel, member.map(found -> new PgMembers.Standing(found, Marker.NONE)));
    }

    private Access opened(Channel channel, Optional<PgMembers.Standing> standing) {
        log = new LogHead(channel, nowMillis);
        return new Access(
                actor,
                channel,
                parts.types().of(channel.type()),
                standing.map(PgMembers.Standing::member),
                standing.map(PgMembers.Standing::marker).orElse(Marker.NONE));
    }

    /** The offset that the next event will have. */
    long nextOffset() {
        return log().offset() + 1;
    }

    boolean hasLog() {
        return log != null;
    }

    /** Where the channel's log stands now. */
    LogHead log() {
        if (log == null) {
            throw new IllegalStateException("lock the channel first");
        }
        return log;
    }

    /** Appends to the locked channel's log; gives the event's offset. */
    long append(Push.Builder event) {
        LogHead head = log();
        long offset = head.next();
        Channel channel = head.channel();
        Push push = Streams.at(channel.key(), channel.epoch(), offset, nowMillis, event);
        entries.add(head.entry(push, nowMillis));
        publications.add(Streams.publication(actor.tenant(), push));
        return offset;
    }

    /** To the channel, after the commit, stored nowhere. */
    void tell(ChannelKey channel, Push.Builder event) {
        publications.add(Streams.ephemeral(channel, nowMillis, event));
    }

    /** To the actor's own devices, after the commit, stored nowhere. */
    void tellSelf(Push.Builder event) {
        publications.add(Streams.ephemeral(actor.user(), nowMillis, event));
    }

    /** Writes what was appended; gives what to publish after the commit. */
    Future<List<Publication>> finish() {
        Future<Void> logged =
                entries.isEmpty() ? Future.succeededFuture() : PgLog.append(sql, List.of(log().head()), entries);
        return logged.compose(_ -> notes.append(sql)).map(noted -> {
            publications.addAll(noted);
            return publications;
        });
    }
}
