package io.parley.gateway.streams;

import static io.parley.kernel.fanout.FanoutContracts.keyOf;

import io.parley.schema.Limits;
import io.parley.schema.Randomness;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.bus.v1.StreamSlice;
import io.parley.schema.v1.SubscribeResult.Lost;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Brings what a stream misses: first from its owner's recent events, then from the log. Goes on, ever more slowly,
 * until the hole is closed or nobody listens any more; few at a time, so that an outage of the log is not followed by a
 * wave. Owned by the hub.
 */
final class Repairs {
    private static final long RETRY_FIRST_MILLIS = 100;
    private static final long RETRY_LAST_MILLIS = 5_000;
    private static final int RETRY_DOUBLINGS = 6;

    /** What repairs do to the hub. */
    interface Hub {
        void take(LocalStream stream, StreamEvent event);

        /** The stream cannot be continued: its subscribers have to resume. */
        void lose(LocalStream stream);
    }

    private final Links links;
    private final Timers timers;
    private final Randomness randomness;
    private final Duration patience;
    private final Interests interests;
    private final StreamMeters meters;
    private final Gate gate = new Gate(Limits.REPAIRS_UNDER_WAY_MAX, Integer.MAX_VALUE); // one per stream at most
    private final Hub hub;

    Repairs(HubParts parts, Interests interests, Hub hub) {
        this.links = parts.links();
        this.timers = parts.timers();
        this.randomness = parts.randomness();
        this.patience = parts.config().patience();
        this.meters = parts.meters();
        this.interests = interests;
        this.hub = hub;
    }

    /** Closes the stream's hole, unless what is under way on the bus closes it first. */
    void want(LocalStream stream) {
        if (stream.repairing || stream.idle() || !stream.behind()) {
            return;
        }
        stream.repairing = true;
        timers.after(patience.toMillis() + randomness.below(patience.toMillis() + 1), () -> attempt(stream, 0));
    }

    private void attempt(LocalStream stream, int failures) {
        if (stream.idle() || !stream.behind()) {
            stream.repairing = false;
        } else if (stream.missing() > Limits.REPAIR_EVENTS_MAX) {
            stream.repairing = false;
            hub.lose(stream);
        } else {
            meters.repaired();
            gate.ask(() -> read(stream))
                    .onComplete(slice -> apply(stream, slice, failures), _ -> again(stream, failures + 1));
        }
    }

    private Future<StreamSlice> read(LocalStream stream) {
        StreamRead read = StreamRead.newBuilder()
                .setKey(keyOf(stream.id()))
                .setSince(stream.position())
                .setLimit(Limits.EVENTS_PER_READ_MAX)
                .build();
        return interests
                .owners()
                .owner(stream.shard())
                .map(owner -> links.recent(owner, read)
                        .recover(_ -> Future.succeededFuture(StreamSlice.getDefaultInstance()))
                        .compose(slice -> slice.getKnown() && slice.getEventsCount() > 0
                                ? Future.succeededFuture(slice)
                                : links.log(read)))
                .orElseGet(() -> links.log(read));
    }

    private void apply(LocalStream stream, StreamSlice slice, int failures) {
        if (!stream.placed()) {
            stream.repairing = false;
            return;
        }
        boolean foreign = !stream.sameEpoch(slice.getHead().getEpoch());
        if (slice.getLost() != Lost.NOT_LOST || foreign) {
            stream.repairing = false;
            hub.lose(stream);
            return;
        }
        long before = stream.missing();
        slice.getEventsList().forEach(push -> hub.take(stream, StreamEvent.of(push, 0)));
        stream.heardOf(slice.getHead().getOffset());
        if (stream.missing() < before) {
            attempt(stream, 0);
        } else {
            again(stream, failures + 1);
        }
    }

    private void again(LocalStream stream, int failures) {
        long longest = Math.min(RETRY_LAST_MILLIS, RETRY_FIRST_MILLIS << Math.min(failures, RETRY_DOUBLINGS));
        timers.after(longest / 2 + randomness.below(longest / 2 + 1), () -> attempt(stream, failures));
    }
}
