package io.parley.fanout;

import static io.parley.kernel.fanout.FanoutContracts.keyOf;
import static io.parley.kernel.fanout.FanoutContracts.streamOf;

import io.parley.fanout.domain.InterestTable;
import io.parley.fanout.domain.RecentEvents;
import io.parley.kernel.fanout.PublicationBatches;
import io.parley.schema.Clock;
import io.parley.schema.Limits;
import io.parley.schema.StreamId;
import io.parley.schema.bus.v1.InterestChange;
import io.parley.schema.bus.v1.InterestDigest;
import io.parley.schema.bus.v1.InterestDigestReplies;
import io.parley.schema.bus.v1.InterestDigestReply;
import io.parley.schema.bus.v1.InterestDigests;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.bus.v1.Publications;
import io.parley.schema.bus.v1.StreamHead;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.bus.v1.StreamSlice;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.Push;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Serves the shards that nodes believe to be owned here. It does not check that they are: during a change two nodes may
 * serve one shard, which costs a duplicate at most. It never reads a store. Owned by one event loop; time comes from
 * the clock, and what it sends leaves through {@code forward}.
 */
public final class ShardOwner {
    private final FanoutConfig config;
    private final Clock clock;
    private final FanoutMeters meters;
    private final PublicationBatches forward;
    private final InterestTable interest = new InterestTable();
    private final RecentEvents<Push> recent;

    public ShardOwner(FanoutConfig config, Clock clock, FanoutMeters meters, BiConsumer<String, Publications> forward) {
        this.config = config;
        this.clock = clock;
        this.meters = meters;
        this.forward = new PublicationBatches(forward);
        this.recent = new RecentEvents<>(config.recent());
    }

    /**
     * Remembers the events and forwards them, one message per interested node; call {@link #flush} at the end of the
     * turn.
     */
    public void take(Publications batch) {
        long now = nowMillis();
        for (Publication publication : batch.getItemsList()) {
            StreamId stream = streamOf(publication.getKey());
            Push push = publication.getPush();
            if (push.getOffset() > 0) {
                recent.add(stream, push.getEpoch(), push.getOffset(), push, push.getSerializedSize(), now);
            }
            for (String node : interest.nodes(stream)) {
                forward.add(node, publication);
                meters.forwarded();
            }
        }
        meters.taken(batch.getItemsCount());
    }

    public void flush() {
        forward.flush();
    }

    public void change(InterestChange change) {
        long now = nowMillis();
        change.getRemovedList().forEach(key -> interest.remove(change.getNodeId(), streamOf(key)));
        change.getAddedList().forEach(key -> interest.add(change.getNodeId(), streamOf(key), now));
        meters.size(interest.streams(), recent.bytes());
    }

    /** Compares what the node wants with what is known here, and tells it where its streams stand. */
    public InterestDigestReplies digest(InterestDigests digests) {
        long now = nowMillis();
        Map<Integer, InterestDigestReply.Builder> replies = new HashMap<>();
        for (InterestDigest digest : digests.getItemsList()) {
            if (digest.getFull()) {
                List<StreamId> streams = digest.getHeadsList().stream()
                        .map(head -> streamOf(head.getKey()))
                        .toList();
                interest.replace(digests.getNodeId(), digest.getShard(), streams, now);
            } else if (!interest.confirm(digests.getNodeId(), digest.getShard(), digest.getHash(), now)) {
                meters.digestMismatch();
                reply(replies, digest.getShard()).setWantFull(true);
            }
        }
        addHeads(digests.getNodeId(), replies, now);
        InterestDigestReplies.Builder answer = InterestDigestReplies.newBuilder();
        replies.values().forEach(answer::addItems);
        return answer.build();
    }

    /** A forwarded message may have been lost: the node hears the heads of all its streams that moved lately. */
    private void addHeads(String nodeId, Map<Integer, InterestDigestReply.Builder> replies, long nowMillis) {
        long sinceMillis = nowMillis - config.interestTtl().toMillis();
        for (RecentEvents.Head head : recent.movedSince(sinceMillis, Limits.HEADS_PER_DIGEST_MAX)) {
            if (interest.interested(nodeId, head.stream())) {
                Position position = Position.newBuilder()
                        .setEpoch(head.epoch())
                        .setOffset(head.offset())
                        .build();
                reply(replies, head.stream().shard())
                        .addAhead(StreamHead.newBuilder()
                                .setKey(keyOf(head.stream()))
                                .setPosition(position));
            }
        }
    }

    private static InterestDigestReply.Builder reply(Map<Integer, InterestDigestReply.Builder> replies, int shard) {
        return replies.computeIfAbsent(
                shard, _ -> InterestDigestReply.newBuilder().setShard(shard));
    }

    /** What the recent events can tell; {@code known} is false when only the log can. */
    public StreamSlice read(StreamRead read) {
        Position since = read.getSince();
        int limit = Math.clamp(read.getLimit(), 1, Limits.EVENTS_PER_READ_MAX);
        Optional<RecentEvents.Slice<Push>> slice = read.hasSince()
                ? recent.since(streamOf(read.getKey()), since.getEpoch(), since.getOffset(), limit)
                : Optional.empty();
        meters.read(slice.isPresent());
        return slice.map(ShardOwner::wire).orElse(StreamSlice.getDefaultInstance());
    }

    private static StreamSlice wire(RecentEvents.Slice<Push> slice) {
        return StreamSlice.newBuilder()
                .setKnown(true)
                .setHead(Position.newBuilder().setEpoch(slice.epoch()).setOffset(slice.headOffset()))
                .addAllEvents(slice.events())
                .build();
    }

    /** Forgets dead nodes, interest that nobody confirms, and old events. Called every second or so. */
    public void tidy(Predicate<String> alive) {
        long now = nowMillis();
        interest.expire(alive, now - config.interestTtl().toMillis());
        recent.expire(now);
        meters.size(interest.streams(), recent.bytes());
    }

    private long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(clock.monoNanos());
    }
}
