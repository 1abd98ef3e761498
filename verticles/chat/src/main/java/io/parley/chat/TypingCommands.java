package io.parley.chat;

import io.parley.chat.api.Events;
import io.parley.chat.api.Streams;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Capability;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Draft;
import io.parley.chat.domain.Feature;
import io.parley.chat.domain.MemberKey;
import io.parley.chat.domain.TypingBook;
import io.parley.chat.domain.TypingBook.Typist;
import io.parley.kernel.bus.Notice;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.SetTyping;
import io.parley.schema.v1.Typing;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;

/**
 * Typing: told to the channel, stored nowhere. All verticles of a process share one book; nodes tell each other what
 * they announced, so that a typist whose commands reach several nodes is announced and ended once.
 */
final class TypingCommands {
    /** What a node announced; the event's stream and author say who types where. */
    private static final Notice<Publication> ANNOUNCED =
            new Notice<>("chat.typing.announced", Publication.getDefaultInstance());

    private final ChatParts parts;
    private final Reader reader;
    private final EventBus bus;
    private final TypingBook book;

    /** The book is shared: every use holds its lock, which is never held over anything that waits. */
    TypingCommands(ChatParts parts, Reader reader, EventBus bus, TypingBook book) {
        this.parts = parts;
        this.reader = reader;
        this.bus = bus;
        this.book = book;
    }

    Future<Done> set(Actor actor, SetTyping command) {
        return parts.transactions()
                .read(sql -> reader.member(sql, actor, command.getChannelId()))
                .map(opened -> {
                    Refusals.unless(opened.access().toWrite(Feature.TYPING, Capability.TYPING));
                    Typist typist = new Typist(new MemberKey(opened.key(), actor.id()), command.getParentId());
                    hear(typist, command.getTyping());
                    return Done.getDefaultInstance();
                });
    }

    /** A stored message ends its author's typing, so that the next keystroke is news again. */
    void sent(Draft draft) {
        hear(new Typist(draft.member(), draft.parentId()), false);
    }

    /** Ends who fell silent. */
    void expire() {
        List<Typist> ended;
        synchronized (book) {
            ended = book.expire(parts.clock().monoNanos());
        }
        ended.forEach(typist -> announce(typist, false));
    }

    MessageConsumer<Publication> listen() {
        return ANNOUNCED.receive(bus, announced -> {
            Push push = announced.getPush();
            Typing typing = push.getTyping();
            if (push.getEpoch().equals(nodeMark())) {
                return; // our own voice
            }
            ChannelKey channel = new ChannelKey(
                    announced.getKey().getTenant(), push.getStream().substring(Streams.CHANNEL.length()));
            Typist typist = new Typist(new MemberKey(channel, typing.getUserId()), typing.getParentId());
            synchronized (book) {
                book.cede(typist, typing.getTyping(), parts.clock().monoNanos());
            }
        });
    }

    private void hear(Typist typist, boolean typing) {
        TypingBook.Word word;
        synchronized (book) {
            word = book.hear(typist, typing, parts.clock().monoNanos());
        }
        switch (word) {
            case STARTED -> announce(typist, true);
            case STOPPED -> announce(typist, false);
            case NOTHING -> {}
        }
    }

    private void announce(Typist typist, boolean typing) {
        long now = parts.clock().wallMillis();
        long until = typing ? now + TypingBook.SILENCE.toMillis() : now;
        Publication told = Streams.ephemeral(
                typist.member().channel(),
                now,
                Events.typing(typist.member().userId(), typist.parentId(), typing, until));
        parts.publisher().publish(List.of(told));
        ANNOUNCED.publish(
                bus,
                told.toBuilder()
                        .setPush(told.getPush().toBuilder().setEpoch(nodeMark()))
                        .build());
    }

    /** Marks our own announcements among those of all nodes; ephemeral events have no epoch of their own. */
    private String nodeMark() {
        return parts.nodeId();
    }
}
