package io.parley.chat;

import io.parley.chat.api.ChatWire;
import io.parley.chat.api.Events;
import io.parley.chat.api.Streams;
import io.parley.chat.domain.Access;
import io.parley.chat.domain.Channel;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Draft;
import io.parley.chat.domain.Excerpt;
import io.parley.chat.domain.Marker;
import io.parley.chat.domain.Member;
import io.parley.chat.domain.MemberKey;
import io.parley.chat.domain.Message;
import io.parley.chat.domain.MessageAddress;
import io.parley.chat.domain.MessageRef;
import io.parley.chat.domain.MessageView;
import io.parley.chat.domain.ThreadView;
import io.parley.chat.store.PgIdempotency.Answer;
import io.parley.chat.store.PgLog;
import io.parley.chat.store.PgMarkers;
import io.parley.chat.store.PgMembers.Standing;
import io.parley.chat.store.PgSends.Changes;
import io.parley.chat.store.PgSends.Facts;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.Randomness;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Push;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides a batch of sends one after another, each on top of those before it. A refused one changes nothing; the others
 * go on. Lives for one attempt of one transaction.
 */
final class SendPlan {
    private final TypeRegistry types;
    private final Randomness randomness;
    private final Facts facts;
    private final long nowMillis;
    private final Notes notes;
    private final Map<ChannelKey, LogHead> heads = new LinkedHashMap<>();
    private final Map<MemberKey, Marker> markers = new HashMap<>();
    private final Map<MessageRef, ThreadView> threads = new HashMap<>();
    private final List<PgLog.Entry> entries = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Publication> publications = new ArrayList<>();

    SendPlan(ChatParts parts, Facts facts, long nowMillis) {
        this.types = parts.types();
        this.randomness = parts.randomness();
        this.facts = facts;
        this.nowMillis = nowMillis;
        this.notes = new Notes(parts.inboxEpoch(), nowMillis);
    }

    /** Stores the message in the plan, or says why not. */
    SendResult add(PendingSend pending) {
        try {
            return new SendResult.Stored(SendResult.answer(accept(pending)));
        } catch (Refusal refusal) {
            return new SendResult.Refused(refusal);
        }
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    Notes notes() {
        return notes;
    }

    List<Publication> publications() {
        return publications;
    }

    Changes changes() {
        List<PgMarkers.Move> moves = new ArrayList<>(markers.size());
        markers.forEach((member, marker) -> moves.add(new PgMarkers.Move(member, marker)));
        List<PgLog.Head> moved = heads.values().stream()
                .filter(head -> head.offset() > head.channel().head())
                .map(LogHead::head)
                .toList();
        return new Changes(moved, entries, messages, moves, threads, answers);
    }

    private io.parley.schema.v1.Message accept(PendingSend pending) {
        Draft draft = pending.draft();
        Access access = access(draft);
        SendRules rules = new SendRules(draft, access, facts);
        rules.check(nowMillis);
        Optional<Message> parent = rules.parent();
        Optional<Message> quoted = rules.quoted();
        LogHead head = heads.computeIfAbsent(draft.channel(), _ -> new LogHead(access.channel(), nowMillis));
        Message message = message(draft, head, parent, quoted);
        Optional<ThreadView> thread = parent.map(found -> reply(found, draft));
        io.parley.schema.v1.Message shown = ChatWire.sharedMessage(view(message, quoted));
        Push push = Streams.at(
                draft.channel(),
                access.channel().epoch(),
                message.offset(),
                nowMillis,
                Events.messageCreated(shown, thread));
        head.messageAt(nowMillis);
        entries.add(head.entry(push, nowMillis));
        messages.add(message);
        publications.add(Streams.publication(draft.channel().tenant(), push));
        answers.add(new Answer(
                pending.key(),
                pending.requestHash(),
                new byte[0],
                draft.channel().id(),
                message.month(),
                message.offset(),
                nowMillis));
        if (access.isMember()) {
            markers.put(draft.member(), access.marker().sent(message.offset(), nowMillis));
        }
        mention(message);
        return shown;
    }

    private Access access(Draft draft) {
        Channel channel = facts.channels().get(draft.channel());
        if (channel == null) {
            throw Refusal.of(ErrorCode.CHANNEL_NOT_FOUND);
        }
        Optional<Standing> standing = Optional.ofNullable(facts.members().get(draft.member()));
        Marker stored = standing.map(Standing::marker).orElse(Marker.NONE);
        return new Access(
                draft.author(),
                channel,
                types.of(channel.type()),
                standing.map(Standing::member),
                markers.getOrDefault(draft.member(), stored));
    }

    private Message message(Draft draft, LogHead head, Optional<Message> parent, Optional<Message> quoted) {
        long offset = head.next();
        MessageAddress id = MessageAddress.of(head.month(), offset, randomness.below(Long.MAX_VALUE));
        return new Message(
                draft.channel(),
                head.month(),
                offset,
                id.toString(),
                draft.author().id(),
                draft.clientId(),
                draft.text(),
                draft.custom(),
                draft.parentId(),
                parent.map(Message::offset).orElse(0L),
                parent.isEmpty() || draft.alsoInChannel(),
                draft.quotedId(),
                quoted.map(Message::offset).orElse(0L),
                draft.mentions(),
                draft.author().isSystem() ? Message.SYSTEM : "",
                nowMillis,
                0,
                0,
                0);
    }

    private ThreadView reply(Message parent, Draft draft) {
        ThreadView before =
                threads.getOrDefault(parent.ref(), facts.threads().getOrDefault(parent.ref(), ThreadView.NONE));
        ThreadView after = before.withReply(draft.author().id(), nowMillis);
        threads.put(parent.ref(), after);
        return after;
    }

    private MessageView view(Message message, Optional<Message> quoted) {
        return new MessageView(
                message,
                Optional.ofNullable(facts.authors().get(message.channel().user(message.authorId()))),
                quoted.map(found -> new MessageView.Quoted(found.authorId(), found.text(), found.isDeleted())),
                ThreadView.NONE,
                List.of(),
                false);
    }

    private void mention(Message message) {
        Set<String> users = new LinkedHashSet<>(message.mentions());
        if (users.remove(Draft.EVERYBODY)) {
            List<String> everybody = facts.everybody().getOrDefault(message.channel(), List.of());
            if (everybody.size() <= Limits.CHAT_MENTION_ALL_INBOX_MAX) {
                users.addAll(everybody);
            }
        }
        users.remove(message.authorId());
        for (String user : users) {
            notes.mention(
                    message.channel().user(user),
                    Events.mentioned(message.ref(), message.id(), message.authorId(), Excerpt.of(message.text())),
                    message.ref());
        }
    }

    /** Whether somebody may be mentioned: only who will see it. */
    static boolean isJoined(Facts facts, ChannelKey channel, String userId) {
        return Optional.ofNullable(facts.members().get(new MemberKey(channel, userId)))
                .map(Standing::member)
                .map(Member::joined)
                .orElse(false);
    }
}
