package io.parley.chat;

import io.parley.chat.api.ChatWire;
import io.parley.chat.api.Events;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Capability;
import io.parley.chat.domain.Feature;
import io.parley.chat.domain.Message;
import io.parley.chat.domain.MessageView;
import io.parley.chat.store.PgReactions;
import io.parley.chat.store.PgReactions.Reacted;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.ListReactions;
import io.parley.schema.v1.MessageResult;
import io.parley.schema.v1.React;
import io.parley.schema.v1.Reaction;
import io.parley.schema.v1.ReactionCount;
import io.parley.schema.v1.Reactions;
import io.parley.schema.v1.Unreact;
import io.vertx.core.Future;
import java.util.List;

/** Reactions: each kind once per user and message; repeating or taking back what is not there changes nothing. */
final class ReactionCommands {
    private static final int PAGE_DEFAULT = 50;
    private final ChatParts parts;
    private final Reader reader;

    ReactionCommands(ChatParts parts, Reader reader) {
        this.parts = parts;
        this.reader = reader;
    }

    Future<MessageResult> react(Work work, React command) {
        return message(work, command.getChannelId(), command.getMessageId())
                .compose(message ->
                        MessageCommands.view(work.sql(), message, work.actor().id()))
                .compose(view -> {
                    boolean known = view.reactions().stream()
                            .anyMatch(tally -> tally.kind().equals(command.getKind()));
                    if (!known && view.reactions().size() >= Limits.CHAT_REACTION_KINDS_MAX) {
                        throw Refusal.of(ErrorCode.REACTION_LIMIT);
                    }
                    Message message = view.message();
                    Reacted reaction =
                            new Reacted(command.getKind(), work.actor().id(), work.nowMillis());
                    return PgReactions.add(work.sql(), message.ref(), reaction)
                            .compose(added -> tell(work, message, reaction, added, true));
                });
    }

    Future<MessageResult> unreact(Work work, Unreact command) {
        return message(work, command.getChannelId(), command.getMessageId()).compose(message -> {
            Reacted reaction = new Reacted(command.getKind(), work.actor().id(), work.nowMillis());
            return PgReactions.remove(work.sql(), message.ref(), reaction.kind(), reaction.userId())
                    .compose(removed -> tell(work, message, reaction, removed, false));
        });
    }

    Future<Reactions> list(Actor actor, ListReactions command) {
        int limit = command.getLimit() == 0 ? PAGE_DEFAULT : command.getLimit();
        List<String> scope =
                List.of("reactions", actor.tenant(), actor.id(), command.getChannelId(), command.getMessageId());
        Reacted after = command.getCursor().isEmpty() ? Reacted.NONE : place(scope, command.getCursor());
        return parts.transactions()
                .read(sql -> reader.member(sql, actor, command.getChannelId())
                        .compose(opened -> MessageCommands.living(sql, opened.key(), command.getMessageId()))
                        .compose(message -> PgReactions.list(sql, message.ref(), after, limit + 1))
                        .map(found -> page(scope, found, limit)));
    }

    private Future<Message> message(Work work, String channelId, String messageId) {
        return work.lock(channelId).compose(access -> {
            Refusals.unless(access.toWrite(Feature.REACTIONS, Capability.SEND_REACTION));
            return MessageCommands.living(work.sql(), access.channel().key(), messageId);
        });
    }

    private static Future<MessageResult> tell(
            Work work, Message message, Reacted reaction, boolean changed, boolean added) {
        return MessageCommands.view(work.sql(), message, work.actor().id()).map(view -> {
            if (changed) {
                Reaction shown = Events.reaction(reaction.kind(), reaction.userId(), reaction.atMillis());
                work.append(
                        added
                                ? Events.reactionAdded(message.id(), shown, counts(view))
                                : Events.reactionRemoved(message.id(), shown, counts(view)));
            }
            return MessageCommands.result(view);
        });
    }

    private static List<ReactionCount> counts(MessageView view) {
        return view.reactions().stream().map(ChatWire::tally).toList();
    }

    private Reactions page(List<String> scope, List<Reacted> found, int limit) {
        List<Reacted> items = found.size() > limit ? found.subList(0, limit) : found;
        Reactions.Builder page = Reactions.newBuilder();
        items.forEach(item -> page.addItems(Events.reaction(item.kind(), item.userId(), item.atMillis())));
        if (found.size() > limit) {
            Reacted last = items.getLast();
            page.setNext(parts.cursors().sign(scope, Long.toString(last.atMillis()), last.kind(), last.userId()));
        }
        return page.build();
    }

    private Reacted place(List<String> scope, String cursor) {
        List<String> place = parts.cursors().verify(scope, cursor, 3);
        return new Reacted(place.get(1), place.get(2), Long.parseLong(place.get(0)));
    }
}
