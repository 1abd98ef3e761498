package io.parley.chat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.parley.chat.api.ChatWire;
import io.parley.chat.api.Redaction;
import io.parley.chat.api.Streams;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Channel;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Segments;
import io.parley.chat.domain.UserKey;
import io.parley.chat.store.PgChannels;
import io.parley.chat.store.PgInbox;
import io.parley.chat.store.PgLog;
import io.parley.kernel.bus.Failures;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.bus.v1.StreamAuthorize;
import io.parley.schema.bus.v1.StreamAuthorized;
import io.parley.schema.bus.v1.StreamHead;
import io.parley.schema.bus.v1.StreamHeads;
import io.parley.schema.bus.v1.StreamHeadsRead;
import io.parley.schema.bus.v1.StreamKey;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.bus.v1.StreamSlice;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.SubscribeResult.Lost;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers gateways: who may listen to a channel, and what a stream holds behind a position. */
final class StreamServer {
    private final ChatParts parts;
    private final Reader reader;
    private final Users users;

    StreamServer(ChatParts parts, Reader reader, Users users) {
        this.parts = parts;
        this.reader = reader;
        this.users = users;
    }

    /** A refusal is part of the answer. */
    Future<StreamAuthorized> authorize(StreamAuthorize question) {
        Actor actor = ChatWire.actor(question.getCaller());
        if (!question.getStream().startsWith(Streams.CHANNEL)) {
            return Future.succeededFuture(refused(Refusal.of(ErrorCode.STREAM_NOT_FOUND)));
        }
        String channelId = question.getStream().substring(Streams.CHANNEL.length());
        return users.ensure(actor)
                .compose(_ -> parts.transactions()
                        .read(sql -> reader.member(sql, actor, channelId)
                                .compose(opened -> reader.unread(sql, opened.access())
                                        .map(unread -> StreamAuthorized.newBuilder()
                                                .setHead(ChatWire.head(opened.channel()))
                                                .setOwn(ChatWire.own(opened.access(), unread))
                                                .build()))))
                .otherwise(failure ->
                        refused(failure instanceof Refusal refusal ? refusal : Refusal.of(Failures.code(failure))));
    }

    /** The head, and with a position the events behind it, oldest first. */
    Future<StreamSlice> read(StreamRead question) {
        String tenant = question.getKey().getTenant();
        String stream = question.getKey().getStream();
        int limit = Math.clamp(question.getLimit(), 0, Limits.CHAT_RESUME_EVENTS_MAX);
        if (stream.startsWith(Streams.CHANNEL)) {
            ChannelKey channel = new ChannelKey(tenant, stream.substring(Streams.CHANNEL.length()));
            return parts.transactions().read(sql -> channel(sql, channel, question, limit));
        }
        if (stream.startsWith(Streams.INBOX)) {
            UserKey user = new UserKey(tenant, stream.substring(Streams.INBOX.length()));
            return parts.transactions().read(sql -> inbox(sql, user, question, limit));
        }
        return Refusals.fail(ErrorCode.STREAM_NOT_FOUND);
    }

    /** Where streams stand by the log: two statements for any number of them. */
    Future<StreamHeads> heads(StreamHeadsRead question) {
        List<ChannelKey> channels = new ArrayList<>();
        List<UserKey> inboxes = new ArrayList<>();
        for (StreamKey key : question.getKeysList()) {
            String stream = key.getStream();
            if (stream.startsWith(Streams.CHANNEL)) {
                channels.add(new ChannelKey(key.getTenant(), stream.substring(Streams.CHANNEL.length())));
            } else if (stream.startsWith(Streams.INBOX)) {
                inboxes.add(new UserKey(key.getTenant(), stream.substring(Streams.INBOX.length())));
            }
        }
        return parts.transactions().read(sql -> {
            Future<Map<ChannelKey, PgLog.Standing>> logs =
                    channels.isEmpty() ? Future.succeededFuture(Map.of()) : PgLog.heads(sql, channels);
            Future<Map<UserKey, Long>> heads =
                    inboxes.isEmpty() ? Future.succeededFuture(Map.of()) : PgInbox.heads(sql, inboxes);
            return Future.all(logs, heads).map(_ -> {
                StreamHeads.Builder answer = StreamHeads.newBuilder();
                logs.result()
                        .forEach((channel, standing) -> answer.addHeads(
                                head(channel.tenant(), Streams.of(channel), standing.epoch(), standing.offset())));
                heads.result()
                        .forEach((user, offset) ->
                                answer.addHeads(head(user.tenant(), Streams.of(user), parts.inboxEpoch(), offset)));
                return answer.build();
            });
        });
    }

    private static StreamHead head(String tenant, String stream, String epoch, long offset) {
        return StreamHead.newBuilder()
                .setKey(StreamKey.newBuilder().setTenant(tenant).setStream(stream))
                .setPosition(Position.newBuilder().setEpoch(epoch).setOffset(offset))
                .build();
    }

    private static Future<StreamSlice> channel(SqlClient sql, ChannelKey key, StreamRead question, int limit) {
        return PgChannels.see(sql, key, "").compose(found -> {
            if (found.isEmpty()) {
                return Refusals.fail(ErrorCode.STREAM_NOT_FOUND);
            }
            Channel channel = found.get().channel();
            Segments segments = found.get().segments();
            StreamSlice.Builder slice = StreamSlice.newBuilder().setKnown(true).setHead(ChatWire.head(channel));
            Lost lost = question.hasSince()
                    ? lost(question.getSince(), slice.getHead(), segments.firstOffset() - 1)
                    : Lost.NOT_LOST;
            if (!question.hasSince() || lost != Lost.NOT_LOST || limit == 0) {
                return Future.succeededFuture(slice.setLost(lost).build());
            }
            return PgLog.read(sql, key, segments, question.getSince().getOffset(), limit)
                    .map(entries -> slice.addAllEvents(pushes(entries)).build());
        });
    }

    private static Future<StreamSlice> inbox(SqlClient sql, UserKey user, StreamRead question, int limit) {
        return PgInbox.bounds(sql, user).compose(bounds -> {
            Position head = Position.newBuilder()
                    .setEpoch(bounds.epoch())
                    .setOffset(bounds.head())
                    .build();
            StreamSlice.Builder slice = StreamSlice.newBuilder().setKnown(true).setHead(head);
            Lost lost = question.hasSince() ? lost(question.getSince(), head, bounds.floor()) : Lost.NOT_LOST;
            if (!question.hasSince() || lost != Lost.NOT_LOST || limit == 0) {
                return Future.succeededFuture(slice.setLost(lost).build());
            }
            return PgInbox.read(sql, user, question.getSince().getOffset(), limit)
                    .map(entries -> {
                        entries.forEach(entry -> slice.addEvents(push(entry.payload())));
                        return slice.build();
                    });
        });
    }

    /** Whether a position can be continued; {@code floor} is the oldest offset that can. */
    static Lost lost(Position since, Position head, long floor) {
        if (!since.getEpoch().equals(head.getEpoch()) || since.getOffset() > head.getOffset()) {
            return Lost.EPOCH_CHANGED; // a position from the future is of another history
        }
        return since.getOffset() < floor ? Lost.TOO_OLD : Lost.NOT_LOST;
    }

    /** As they may be seen now: texts that were deleted since are blanked. */
    static List<Push> pushes(List<PgLog.Entry> entries) {
        List<Push> pushes = new ArrayList<>(entries.size());
        entries.forEach(entry -> {
            Push push = push(entry.payload());
            pushes.add(entry.withdrawn() ? Redaction.blank(push) : push);
        });
        return pushes;
    }

    static Push push(byte[] payload) {
        try {
            return Push.parseFrom(payload);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a stored event is no event", broken);
        }
    }

    private static StreamAuthorized refused(Refusal refusal) {
        return StreamAuthorized.newBuilder().setError(refusal.toError("")).build();
    }
}
