package io.parley.chat;

import com.google.protobuf.util.Timestamps;
import io.parley.chat.api.ChatWire;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.MessageAddress;
import io.parley.chat.domain.MessageView;
import io.parley.chat.store.PgLog;
import io.parley.chat.store.PgMessages;
import io.parley.chat.store.PgPages;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Events;
import io.parley.schema.v1.GetEvents;
import io.parley.schema.v1.GetHistory;
import io.parley.schema.v1.History;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.SubscribeResult.Lost;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Pages of a channel's timeline or of a thread: by cursor in both directions, or around a message, a time, an offset.
 */
final class HistoryCommands {
    private static final int PAGE_DEFAULT = 50;
    private static final int EVENTS_DEFAULT = 100;
    private static final String OLDER = "older";
    private static final String NEWER = "newer";

    /** A cut of the list, and whether there is more on either side. */
    private record Page(List<MessageView> messages, boolean hasOlder, boolean hasNewer) {}

    /** Everything that one request means, once its channel and thread are known. */
    private record Ask(SqlClient sql, Actor actor, GetHistory command, Reader.Opened opened, PgPages.Query query) {
        int limit() {
            return command.getLimit() == 0 ? PAGE_DEFAULT : command.getLimit();
        }

        /** What a cursor is bound to. */
        List<String> scope() {
            return List.of("history", actor.tenant(), actor.id(), command.getChannelId(), command.getParentId());
        }
    }

    private final ChatParts parts;
    private final Reader reader;

    HistoryCommands(ChatParts parts, Reader reader) {
        this.parts = parts;
        this.reader = reader;
    }

    Future<History> page(Actor actor, GetHistory command) {
        requireOnePlace(command);
        return parts.transactions()
                .read(sql -> reader.member(sql, actor, command.getChannelId())
                        .compose(opened -> ask(sql, actor, command, opened))
                        .compose(ask -> cut(ask).map(page -> history(ask, page))));
    }

    /** The raw events behind a position, as they may be seen now. */
    Future<Events> events(Actor actor, GetEvents command) {
        int limit = command.getLimit() == 0 ? EVENTS_DEFAULT : command.getLimit();
        return parts.transactions()
                .read(sql -> reader.member(sql, actor, command.getChannelId()).compose(opened -> {
                    Position head = ChatWire.head(opened.channel());
                    String epoch = command.getEpoch().isEmpty() ? head.getEpoch() : command.getEpoch();
                    Position since = Position.newBuilder()
                            .setEpoch(epoch)
                            .setOffset(command.getOffset())
                            .build();
                    Events.Builder events = Events.newBuilder().setPosition(head);
                    if (StreamServer.lost(since, head, opened.segments().firstOffset() - 1) != Lost.NOT_LOST) {
                        return Future.succeededFuture(events.build());
                    }
                    return PgLog.read(sql, opened.key(), opened.segments(), command.getOffset(), limit)
                            .map(entries -> events.setRecovered(true)
                                    .addAllItems(StreamServer.pushes(entries))
                                    .setMore(command.getOffset() + entries.size() < head.getOffset())
                                    .build());
                }));
    }

    private Future<Ask> ask(SqlClient sql, Actor actor, GetHistory command, Reader.Opened opened) {
        if (command.getParentId().isEmpty()) {
            return Future.succeededFuture(ask(sql, actor, command, opened, 0));
        }
        return PgMessages.find(sql, opened.key(), command.getParentId())
                .map(parent -> parent.orElseThrow(() -> Refusal.of(ErrorCode.MESSAGE_NOT_FOUND)))
                .map(parent -> ask(sql, actor, command, opened, parent.offset()));
    }

    private static Ask ask(SqlClient sql, Actor actor, GetHistory command, Reader.Opened opened, long parentOffset) {
        var query = new PgPages.Query(
                opened.key(), actor.id(), opened.segments(), opened.channel().head(), parentOffset);
        return new Ask(sql, actor, command, opened, query);
    }

    private Future<Page> cut(Ask ask) {
        GetHistory command = ask.command();
        if (!command.getCursor().isEmpty()) {
            List<String> place = parts.cursors().verify(ask.scope(), command.getCursor(), 2);
            long offset = Long.parseLong(place.getLast());
            return place.getFirst().equals(OLDER) ? older(ask, offset, true) : newer(ask, offset, true);
        }
        if (!command.getAroundMessageId().isEmpty()) {
            return MessageAddress.parse(command.getAroundMessageId())
                    .map(id -> PgMessages.find(ask.sql(), ask.opened().key(), id.toString()))
                    .orElse(Refusals.fail(ErrorCode.MESSAGE_NOT_FOUND))
                    .map(found -> found.orElseThrow(() -> Refusal.of(ErrorCode.MESSAGE_NOT_FOUND)))
                    .compose(message -> around(ask, message.offset()));
        }
        if (command.hasAroundOffset()) {
            return around(ask, command.getAroundOffset());
        }
        if (command.hasAroundTime()) {
            return PgPages.firstAfter(
                            ask.sql(),
                            ask.opened().key(),
                            ask.opened().segments(),
                            ask.opened().channel().head(),
                            millis(command))
                    .compose(offset -> around(ask, offset));
        }
        return command.getDirection() == GetHistory.Direction.FORWARD
                ? newer(ask, 0, false)
                : older(ask, ask.opened().channel().head() + 1, false);
    }

    /** One more than asked for tells whether there is more. */
    private static Future<Page> older(Ask ask, long before, boolean hasNewer) {
        return PgPages.older(ask.sql(), ask.query(), before, ask.limit() + 1).map(found -> {
            boolean more = found.size() > ask.limit();
            return new Page(more ? found.subList(1, found.size()) : found, more, hasNewer);
        });
    }

    private static Future<Page> newer(Ask ask, long after, boolean hasOlder) {
        return PgPages.newer(ask.sql(), ask.query(), after, ask.limit() + 1).map(found -> {
            boolean more = found.size() > ask.limit();
            return new Page(more ? found.subList(0, ask.limit()) : found, hasOlder, more);
        });
    }

    /** Half a page before the offset; what is at it and behind it fills the rest. */
    private static Future<Page> around(Ask ask, long offset) {
        int half = ask.limit() / 2;
        int rest = ask.limit() - half;
        long place = Math.min(Math.max(offset, 1), ask.opened().channel().head() + 1);
        Future<List<MessageView>> before = PgPages.older(ask.sql(), ask.query(), place, half + 1);
        Future<List<MessageView>> from = PgPages.newer(ask.sql(), ask.query(), place - 1, rest + 1);
        return Future.all(before, from).map(_ -> {
            List<MessageView> older = before.result();
            List<MessageView> newer = from.result();
            boolean hasOlder = older.size() > half;
            boolean hasNewer = newer.size() > rest;
            List<MessageView> all = new ArrayList<>(hasOlder ? older.subList(1, older.size()) : older);
            all.addAll(hasNewer ? newer.subList(0, rest) : newer);
            return new Page(all, hasOlder, hasNewer);
        });
    }

    private History history(Ask ask, Page page) {
        History.Builder history =
                History.newBuilder().setPosition(ChatWire.head(ask.opened().channel()));
        page.messages().forEach(view -> history.addItems(ChatWire.message(view)));
        if (page.messages().isEmpty()) {
            return history.build();
        }
        if (page.hasOlder()) {
            history.setPrev(cursor(ask, OLDER, page.messages().getFirst()));
        }
        if (page.hasNewer()) {
            history.setNext(cursor(ask, NEWER, page.messages().getLast()));
        }
        return history.build();
    }

    private String cursor(Ask ask, String direction, MessageView edge) {
        return parts.cursors()
                .sign(ask.scope(), direction, Long.toString(edge.message().offset()));
    }

    private static void requireOnePlace(GetHistory command) {
        long places = Stream.of(
                        !command.getCursor().isEmpty(),
                        !command.getAroundMessageId().isEmpty(),
                        command.hasAroundTime(),
                        command.hasAroundOffset())
                .filter(given -> given)
                .count();
        if (places > 1) {
            throw Refusal.violation(
                    "cursor", "exclusive", "at most one of cursor, aroundMessageId, aroundTime, aroundOffset");
        }
    }

    private static long millis(GetHistory command) {
        try {
            return Timestamps.toMillis(command.getAroundTime());
        } catch (IllegalArgumentException outOfRange) {
            throw Refusal.violation("aroundTime", "pattern", "a time from year 1 to year 9999");
        }
    }
}
