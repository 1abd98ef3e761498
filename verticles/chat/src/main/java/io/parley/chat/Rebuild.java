package io.parley.chat;

import io.parley.chat.api.LogReading;
import io.parley.chat.api.Streams;
import io.parley.chat.domain.Channel;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Message;
import io.parley.chat.domain.MessageAddress;
import io.parley.chat.domain.MessageRef;
import io.parley.chat.domain.ThreadView;
import io.parley.chat.store.PgChannels;
import io.parley.chat.store.PgLog;
import io.parley.chat.store.PgMembers;
import io.parley.chat.store.PgMessages;
import io.parley.chat.store.PgPins;
import io.parley.chat.store.PgProjections;
import io.parley.chat.store.PgReactions;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.store.Transactions;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Push;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the projections of a channel anew from its log: messages, versions, threads, members, reactions, pins, mentions
 * and the channel's own fields. One transaction under the channel's lock, so nobody sees it half done. Markers are no
 * projection and stay.
 */
final class Rebuild {
    private final Transactions transactions;

    /** Needs patience: {@code transactions} should allow for the whole log. */
    Rebuild(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Gives how many events were replayed. */
    Future<Long> channel(ChannelKey key) {
        return transactions.write(sql -> PgChannels.lock(sql, List.of(key)).compose(locked -> {
            Channel channel = locked.get(key);
            if (channel == null) {
                return Refusals.fail(ErrorCode.CHANNEL_NOT_FOUND);
            }
            return PgProjections.clear(sql, key)
                    .compose(_ -> PgChannels.see(sql, key, ""))
                    .compose(seen -> pages(sql, channel, seen.orElseThrow(), 0))
                    .compose(events -> PgProjections.settle(sql, key).map(events));
        }));
    }

    private static Future<Long> pages(SqlConnection sql, Channel channel, PgChannels.Seen seen, long done) {
        if (seen.segments().firstOffset() > 1) {
            throw Refusal.of(ErrorCode.GONE, "the beginning of this log was archived");
        }
        return PgLog.read(sql, channel.key(), seen.segments(), done, Limits.CHAT_REBUILD_PAGE)
                .compose(entries -> {
                    if (entries.isEmpty()) {
                        return Future.succeededFuture(done);
                    }
                    return page(sql, channel, entries)
                            .compose(_ ->
                                    pages(sql, channel, seen, entries.getLast().offset()));
                });
    }

    /** Messages that follow each other are written together; everything else one by one, in order. */
    private static Future<Void> page(SqlConnection sql, Channel channel, List<PgLog.Entry> entries) {
        Future<Void> done = Future.succeededFuture();
        List<PgLog.Entry> run = new ArrayList<>();
        for (PgLog.Entry entry : entries) {
            if (entry.kind() == Push.MESSAGE_CREATED_FIELD_NUMBER) {
                run.add(entry);
                continue;
            }
            List<PgLog.Entry> messages = List.copyOf(run);
            run.clear();
            done = done.compose(_ -> messages(sql, channel.key(), messages))
                    .compose(_ -> other(sql, channel, StreamServer.push(entry.payload())));
        }
        return done.compose(_ -> messages(sql, channel.key(), run));
    }

    private static Future<Void> messages(SqlConnection sql, ChannelKey key, List<PgLog.Entry> entries) {
        if (entries.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Message> messages = new ArrayList<>(entries.size());
        Map<MessageRef, ThreadView> threads = new LinkedHashMap<>();
        for (PgLog.Entry entry : entries) {
            var created = StreamServer.push(entry.payload()).getMessageCreated();
            Message message = LogReading.message(key, entry.month(), created.getMessage());
            messages.add(message);
            if (created.hasParentThread()) {
                threads.put(new MessageRef(key, message.parentOffset()), LogReading.thread(created.getParentThread()));
            }
        }
        List<Message> mentioning = messages.stream()
                .filter(message -> message.timeline() && !message.mentions().isEmpty())
                .toList();
        return PgMessages.insert(sql, messages)
                .compose(_ -> threads.isEmpty() ? Future.succeededFuture() : PgMessages.putThreads(sql, threads))
                .compose(_ -> mentioning.isEmpty() ? Future.succeededFuture() : PgMessages.mention(sql, mentioning));
    }

    private static Future<Void> other(SqlConnection sql, Channel channel, Push push) {
        ChannelKey key = channel.key();
        long at = LogReading.millis(push.getAt());
        return switch (push.getEventCase()) {
            case MESSAGE_EDITED -> edited(sql, key, push, at);
            case MESSAGE_DELETED -> deleted(sql, key, push, at);
            case REACTION_ADDED -> {
                var added = push.getReactionAdded();
                var reacted = new PgReactions.Reacted(
                        added.getReaction().getKind(), added.getReaction().getUserId(), at);
                yield PgReactions.add(sql, ref(key, added.getMessageId()), reacted)
                        .mapEmpty();
            }
            case REACTION_REMOVED -> {
                var removed = push.getReactionRemoved();
                yield PgReactions.remove(
                                sql,
                                ref(key, removed.getMessageId()),
                                removed.getReaction().getKind(),
                                removed.getReaction().getUserId())
                        .mapEmpty();
            }
            case MEMBER_JOINED -> put(sql, key, push.getMemberJoined().getMember());
            case MEMBER_INVITED -> put(sql, key, push.getMemberInvited().getMember());
            case MEMBER_UPDATED -> put(sql, key, push.getMemberUpdated().getMember());
            case MEMBER_LEFT ->
                PgMembers.remove(
                        sql,
                        new io.parley.chat.domain.MemberKey(
                                key, push.getMemberLeft().getUserId()));
            case MESSAGE_PINNED ->
                PgPins.add(
                        sql,
                        ref(key, push.getMessagePinned().getMessageId()),
                        push.getMessagePinned().getBy(),
                        at,
                        push.getOffset());
            case MESSAGE_UNPINNED ->
                PgPins.remove(sql, ref(key, push.getMessageUnpinned().getMessageId()))
                        .mapEmpty();
            case CHANNEL_CREATED ->
                PgChannels.update(
                        sql,
                        LogReading.channel(channel, push.getChannelCreated().getChannel()));
            case CHANNEL_UPDATED ->
                PgChannels.update(
                        sql,
                        LogReading.channel(channel, push.getChannelUpdated().getChannel()));
            case CHANNEL_DELETED -> PgMembers.removeAll(sql, key).mapEmpty();
            default ->
                throw new IllegalStateException(
                        "an event of a newer Parley in " + Streams.of(key) + ": " + push.getEventCase());
        };
    }

    private static Future<Void> edited(SqlConnection sql, ChannelKey key, Push push, long at) {
        var edit = push.getMessageEdited().getMessage();
        return PgMessages.find(sql, key, edit.getId()).compose(found -> {
            Message before = found.orElseThrow();
            Message after = before.edited(edit.getText(), edit.getCustom().toByteArray(), edit.getMentionsList(), at);
            boolean mentions = after.timeline() && !after.mentions().isEmpty();
            return PgMessages.edit(sql, before, after, push.getOffset())
                    .compose(_ -> PgMessages.forgetMentions(sql, before))
                    .compose(_ -> mentions ? PgMessages.mention(sql, List.of(after)) : Future.succeededFuture());
        });
    }

    private static Future<Void> deleted(SqlConnection sql, ChannelKey key, Push push, long at) {
        var deletion = push.getMessageDeleted();
        return PgMessages.find(sql, key, deletion.getMessageId()).compose(found -> {
            Message message = found.orElseThrow();
            Map<MessageRef, ThreadView> thread = deletion.hasParentThread()
                    ? Map.of(new MessageRef(key, message.parentOffset()), LogReading.thread(deletion.getParentThread()))
                    : Map.of();
            return PgMessages.forgetMentions(sql, message)
                    .compose(_ -> PgPins.remove(sql, message.ref()))
                    .compose(_ ->
                            deletion.getHard() ? PgMessages.erase(sql, message) : PgMessages.entomb(sql, message, at))
                    .compose(_ -> thread.isEmpty() ? Future.succeededFuture() : PgMessages.putThreads(sql, thread));
        });
    }

    private static Future<Void> put(SqlConnection sql, ChannelKey key, io.parley.schema.v1.Member member) {
        return PgMembers.put(sql, key, List.of(LogReading.member(member)));
    }

    private static MessageRef ref(ChannelKey key, String messageId) {
        return new MessageRef(key, MessageAddress.parse(messageId).orElseThrow().offset());
    }
}
