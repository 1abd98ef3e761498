package io.parley.chat;

import io.parley.chat.api.ChatWire;
import io.parley.chat.api.Events;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Capability;
import io.parley.chat.domain.Feature;
import io.parley.chat.domain.MessageView;
import io.parley.chat.store.PgPages;
import io.parley.chat.store.PgPins;
import io.parley.schema.Limits;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.ListPins;
import io.parley.schema.v1.Messages;
import io.parley.schema.v1.PinMessage;
import io.parley.schema.v1.UnpinMessage;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pins: a short list of messages that a channel shows first. Pinning twice and unpinning what is not changes nothing.
 */
final class PinCommands {
    private final ChatParts parts;
    private final Reader reader;

    PinCommands(ChatParts parts, Reader reader) {
        this.parts = parts;
        this.reader = reader;
    }

    Future<Done> pin(Work work, PinMessage command) {
        return work.lock(command.getChannelId()).compose(access -> {
            Refusals.unless(access.toWrite(Feature.PINS, Capability.PIN_MESSAGE));
            var key = access.channel().key();
            return MessageCommands.living(work.sql(), key, command.getMessageId())
                    .compose(message -> PgPins.list(work.sql(), key).compose(pinned -> {
                        if (pinned.contains(message.offset())) {
                            return Future.succeededFuture();
                        }
                        if (pinned.size() >= Limits.CHAT_PINS_MAX) {
                            return Refusals.fail(ErrorCode.PIN_LIMIT);
                        }
                        String by = work.actor().id();
                        long event = work.append(Events.messagePinned(message.id(), by));
                        return PgPins.add(work.sql(), message.ref(), by, work.nowMillis(), event);
                    }))
                    .map(Done.getDefaultInstance());
        });
    }

    Future<Done> unpin(Work work, UnpinMessage command) {
        return work.lock(command.getChannelId()).compose(access -> {
            Refusals.unless(access.toWrite(Feature.PINS, Capability.PIN_MESSAGE));
            return MessageCommands.find(work.sql(), access.channel().key(), command.getMessageId())
                    .compose(message -> PgPins.remove(work.sql(), message.ref()).map(removed -> {
                        if (removed) {
                            work.append(Events.messageUnpinned(
                                    message.id(), work.actor().id()));
                        }
                        return Done.getDefaultInstance();
                    }));
        });
    }

    /** Newest pin first. */
    Future<Messages> list(Actor actor, ListPins command) {
        return parts.transactions()
                .read(sql -> reader.member(sql, actor, command.getChannelId())
                        .compose(opened -> PgPins.list(sql, opened.key()).compose(offsets -> {
                            var query = new PgPages.Query(
                                    opened.key(),
                                    actor.id(),
                                    opened.segments(),
                                    opened.channel().head(),
                                    0);
                            return PgPages.these(sql, query, offsets).map(views -> inOrder(offsets, views));
                        })));
    }

    private static Messages inOrder(List<Long> offsets, List<MessageView> views) {
        Map<Long, MessageView> byOffset = new HashMap<>();
        views.forEach(view -> byOffset.put(view.message().offset(), view));
        Messages.Builder messages = Messages.newBuilder();
        offsets.stream()
                .filter(byOffset::containsKey)
                .map(byOffset::get)
                .forEach(view -> messages.addItems(ChatWire.message(view)));
        return messages.build();
    }
}
