package io.parley.chat.store;

import io.parley.chat.domain.Channel;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Draft;
import io.parley.chat.domain.MemberKey;
import io.parley.chat.domain.Message;
import io.parley.chat.domain.MessageAddress;
import io.parley.chat.domain.MessageRef;
import io.parley.chat.domain.Profile;
import io.parley.chat.domain.ThreadView;
import io.parley.chat.domain.UserKey;
import io.parley.chat.store.PgIdempotency.Answer;
import io.parley.chat.store.PgIdempotency.EffectKey;
import io.parley.chat.store.PgMembers.Standing;
import io.parley.schema.Limits;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The group commit of sends: everything that deciding needs in one round trip, everything decided in another. */
public final class PgSends {
    /** What stands in the database about a batch of drafts, read under the locks of their channels. */
    public record Facts(
            Map<ChannelKey, Channel> channels,
            Map<MemberKey, Standing> members,
            Map<UserKey, Profile> authors,
            Map<EffectKey, Answer> answers,
            Map<MessageRef, Message> messages,
            Map<MessageRef, ThreadView> threads,
            Map<ChannelKey, List<String>> everybody) {

        /** The message that somebody named, if it is there. */
        public Optional<Message> message(ChannelKey channel, String id) {
            return MessageAddress.parse(id)
                    .map(parsed -> messages.get(new MessageRef(channel, parsed.offset())))
                    .filter(message -> message.id().equals(id));
        }
    }

    /** What a batch changes. */
    public record Changes(
            List<PgLog.Head> heads,
            List<PgLog.Entry> entries,
            List<Message> messages,
            List<PgMarkers.Move> markers,
            Map<MessageRef, ThreadView> threads,
            List<Answer> answers) {}

    private PgSends() {}

    /**
     * Locks the channels; everything else is read behind the lock, on the same connection, without waiting in between.
     */
    public static Future<Facts> load(SqlConnection sql, List<Draft> drafts, Collection<EffectKey> keys) {
        Set<ChannelKey> channels = new HashSet<>();
        Set<MemberKey> members = new HashSet<>();
        Set<UserKey> authors = new HashSet<>();
        Set<PgMessages.Named> named = new HashSet<>();
        Set<ChannelKey> loud = new HashSet<>();
        for (Draft draft : drafts) {
            channels.add(draft.channel());
            members.add(draft.member());
            authors.add(draft.author().user());
            draft.mentions().forEach(user -> members.add(new MemberKey(draft.channel(), user)));
            Stream.of(draft.parentId(), draft.quotedId())
                    .flatMap(id -> MessageAddress.parse(id).stream())
                    .forEach(id -> named.add(new PgMessages.Named(draft.channel(), id)));
            if (draft.mentionsEverybody()) {
                loud.add(draft.channel());
            }
        }
        Future<Map<ChannelKey, Channel>> locked = PgChannels.lock(sql, channels);
        Future<Map<MemberKey, Standing>> standing = PgMembers.find(sql, members);
        Future<Map<UserKey, Profile>> profiles = PgUsers.find(sql, authors);
        Future<Map<EffectKey, Answer>> answers = PgIdempotency.find(sql, keys);
        Future<Map<MessageRef, Message>> messages =
                named.isEmpty() ? Future.succeededFuture(Map.of()) : PgMessages.find(sql, named);
        Future<Map<MessageRef, ThreadView>> threads =
                named.isEmpty() ? Future.succeededFuture(Map.of()) : PgMessages.threads(sql, refs(named));
        Future<Map<ChannelKey, List<String>>> everybody = everybody(sql, loud);
        return Future.all(List.of(locked, standing, profiles, answers, messages, threads, everybody))
                .map(_ -> new Facts(
                        locked.result(),
                        standing.result(),
                        profiles.result(),
                        answers.result(),
                        messages.result(),
                        threads.result(),
                        everybody.result()));
    }

    /** All statements are sent at once. Fails as a whole when another transaction took one of the keys first. */
    public static Future<Void> write(SqlConnection sql, Changes changes) {
        List<Future<?>> sent = new ArrayList<>();
        sent.add(PgLog.append(sql, changes.heads(), changes.entries()));
        sent.add(PgMessages.insert(sql, changes.messages()));
        sent.add(PgIdempotency.remember(sql, changes.answers()));
        if (!changes.markers().isEmpty()) {
            sent.add(PgMarkers.forward(sql, changes.markers()));
        }
        if (!changes.threads().isEmpty()) {
            sent.add(PgMessages.putThreads(sql, changes.threads()));
        }
        List<Message> mentioning = changes.messages().stream()
                .filter(message -> message.timeline() && !message.mentions().isEmpty())
                .toList();
        if (!mentioning.isEmpty()) {
            sent.add(PgMessages.mention(sql, mentioning));
        }
        return Future.all(sent).mapEmpty();
    }

    private static List<MessageRef> refs(Set<PgMessages.Named> named) {
        return named.stream()
                .map(name -> new MessageRef(name.channel(), name.id().offset()))
                .toList();
    }

    private static Future<Map<ChannelKey, List<String>>> everybody(SqlConnection sql, Set<ChannelKey> channels) {
        Map<ChannelKey, Future<List<String>>> asked = new HashMap<>();
        channels.forEach(
                channel -> asked.put(channel, PgMembers.joined(sql, channel, Limits.CHAT_MENTION_ALL_INBOX_MAX + 1)));
        return Future.all(List.copyOf(asked.values())).map(_ -> {
            Map<ChannelKey, List<String>> members = new HashMap<>();
            asked.forEach((channel, answer) -> members.put(channel, answer.result()));
            return members;
        });
    }
}
