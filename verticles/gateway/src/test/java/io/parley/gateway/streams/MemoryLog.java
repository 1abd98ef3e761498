package io.parley.gateway.streams;

import static io.parley.kernel.fanout.FanoutContracts.keyOf;
import static io.parley.kernel.fanout.FanoutContracts.streamOf;

import io.parley.kernel.bus.Refusal;
import io.parley.kernel.contract.StreamContracts;
import io.parley.schema.StreamId;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.bus.v1.StreamAuthorize;
import io.parley.schema.bus.v1.StreamAuthorized;
import io.parley.schema.bus.v1.StreamHead;
import io.parley.schema.bus.v1.StreamHeads;
import io.parley.schema.bus.v1.StreamHeadsRead;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.bus.v1.StreamSlice;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.MemberLeft;
import io.parley.schema.v1.Message;
import io.parley.schema.v1.MessageCreated;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.SubscribeResult.Lost;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A log of streams as its domain keeps it, in memory: what is committed here is never lost. Thread-safe. */
final class MemoryLog {
    private final Map<StreamId, List<Push>> logs = new HashMap<>();
    private final Map<StreamId, Set<String>> removed = new HashMap<>();
    private final Map<StreamId, String> epochs = new HashMap<>();

    /** Commits a message; what is returned is yet to be published. */
    synchronized Publication message(StreamId stream) {
        long offset = log(stream).size() + 1L;
        Message message = Message.newBuilder()
                .setOffset(offset)
                .setText("message " + offset)
                .build();
        return append(
                stream,
                Push.newBuilder().setMessageCreated(MessageCreated.newBuilder().setMessage(message)));
    }

    synchronized Publication remove(StreamId stream, String userId) {
        removed.computeIfAbsent(stream, _ -> new HashSet<>()).add(userId);
        return append(
                stream, Push.newBuilder().setMemberLeft(MemberLeft.newBuilder().setUserId(userId)));
    }

    /** The stream begins anew, as after the restoration of a backup. */
    synchronized void newEpoch(StreamId stream) {
        epochs.put(stream, epoch(stream) + "x");
        log(stream).clear();
    }

    private Publication append(StreamId stream, Push.Builder event) {
        List<Push> log = log(stream);
        Push push = event.setStream(stream.stream())
                .setEpoch(epoch(stream))
                .setOffset(log.size() + 1L)
                .build();
        log.add(push);
        return Publication.newBuilder().setKey(keyOf(stream)).setPush(push).build();
    }

    synchronized long head(StreamId stream) {
        return log(stream).size();
    }

    synchronized StreamAuthorized authorize(StreamAuthorize question) {
        StreamId stream = new StreamId(question.getCaller().getTenant(), question.getStream());
        if (removed.getOrDefault(stream, Set.of()).contains(question.getCaller().getUserId())) {
            return StreamAuthorized.newBuilder()
                    .setError(Refusal.of(ErrorCode.CHANNEL_NOT_FOUND).toError("test"))
                    .build();
        }
        return StreamAuthorized.newBuilder().setHead(position(stream)).build();
    }

    synchronized StreamSlice read(StreamRead read) {
        StreamId stream = streamOf(read.getKey());
        StreamSlice.Builder slice = StreamSlice.newBuilder().setKnown(true).setHead(position(stream));
        if (!read.hasSince()) {
            return slice.build();
        } else if (!read.getSince().getEpoch().equals(epoch(stream))) {
            return slice.setLost(Lost.EPOCH_CHANGED).build();
        }
        log(stream).stream()
                .filter(push -> push.getOffset() > read.getSince().getOffset())
                .limit(read.getLimit())
                .forEach(slice::addEvents);
        return slice.build();
    }

    synchronized StreamHeads heads(StreamHeadsRead read) {
        StreamHeads.Builder heads = StreamHeads.newBuilder();
        read.getKeysList()
                .forEach(key ->
                        heads.addHeads(StreamHead.newBuilder().setKey(key).setPosition(position(streamOf(key)))));
        return heads.build();
    }

    /** Answers on the bus as the chat domain does. */
    void serve(EventBus bus, String node) {
        StreamContracts.AUTHORIZE_CHANNEL.at(node).serve(bus, question -> Future.succeededFuture(authorize(question)));
        StreamContracts.READ_LOG.at(node).serve(bus, read -> Future.succeededFuture(read(read)));
        StreamContracts.HEADS.at(node).serve(bus, read -> Future.succeededFuture(heads(read)));
    }

    private Position position(StreamId stream) {
        return Position.newBuilder()
                .setEpoch(epoch(stream))
                .setOffset(log(stream).size())
                .build();
    }

    private String epoch(StreamId stream) {
        return epochs.getOrDefault(stream, "e1");
    }

    private List<Push> log(StreamId stream) {
        return logs.computeIfAbsent(stream, _ -> new ArrayList<>());
    }
}
