package io.parley.gateway.streams;

import io.parley.gateway.socket.SharedFrame;
import io.parley.gateway.socket.Subscriber;
import io.parley.schema.Limits;
import io.parley.schema.StreamId;
import io.parley.schema.v1.Ctl;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.Positions;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One socket's subscription to one stream. While it is being made it only collects; once it has its position it passes
 * on exactly the events behind it, in order, without a hole. Belongs to the subscriber's context.
 */
final class Subscription {
    /** What became of a subscription with one more event. */
    enum Verdict {
        GOES_ON,
        /** The stream is over for this user. */
        ENDED,
        /** An event is missing that nobody can bring any more: the socket has to resume. */
        BROKEN
    }

    private final StreamId stream;
    private final Subscriber socket;
    private final String userId;
    /** Empty = every event. */
    private final Set<Push.EventCase> wanted;

    private final List<StreamEvent> early = new ArrayList<>(0);
    private boolean attached;
    private boolean overflown;
    private boolean closed;
    private long seen;
    /** Events that the filter held back since the last one delivered. */
    private int skipped;

    private String epoch = "";

    Subscription(StreamId stream, Subscriber socket, String userId, Set<Push.EventCase> wanted) {
        this.stream = stream;
        this.socket = socket;
        this.userId = userId;
        this.wanted = wanted;
    }

    StreamId stream() {
        return stream;
    }

    Subscriber socket() {
        return socket;
    }

    boolean wants(Push push) {
        return wanted.isEmpty() || wanted.contains(push.getEventCase());
    }

    boolean attached() {
        return attached;
    }

    boolean overflown() {
        return overflown;
    }

    boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
        early.clear();
    }

    /** From now on events behind {@code position} are delivered; those that came in the meantime at once. */
    Verdict attach(Position position) {
        attached = true;
        epoch = position.getEpoch();
        seen = position.getOffset();
        Verdict verdict = Verdict.GOES_ON;
        for (StreamEvent event : early) {
            if (verdict == Verdict.GOES_ON) {
                verdict = take(event);
            }
        }
        early.clear();
        return verdict;
    }

    Verdict take(StreamEvent event) {
        if (closed) {
            return Verdict.GOES_ON;
        } else if (!attached) {
            collect(event);
            return Verdict.GOES_ON;
        } else if (event.ephemeral()) {
            deliver(event);
            return Verdict.GOES_ON;
        } else if (event.offset() <= seen) {
            return Verdict.GOES_ON;
        } else if (event.offset() != seen + 1) {
            return Verdict.BROKEN;
        }
        deliver(event);
        seen = event.offset();
        return event.endsFor(userId) ? Verdict.ENDED : Verdict.GOES_ON;
    }

    private void collect(StreamEvent event) {
        if (event.ephemeral()) {
            return;
        }
        overflown |= early.size() >= Limits.SUBSCRIPTION_EARLY_EVENTS_MAX;
        if (!overflown) {
            early.add(event);
        }
    }

    private void deliver(StreamEvent event) {
        if (wants(event.push())) {
            tellSkipped();
            socket.deliver(event.frame());
        } else if (!event.ephemeral()) {
            skipped++;
            if (skipped >= Limits.SKIPPED_EVENTS_UNTOLD_MAX) {
                seen = event.offset();
                tellSkipped();
            }
        }
    }

    /** A client that does not hear of the skipped events would take the next offset for a hole. */
    private void tellSkipped() {
        if (skipped == 0) {
            return;
        }
        skipped = 0;
        StreamPosition position = StreamPosition.newBuilder()
                .setStream(stream.stream())
                .setPosition(Position.newBuilder().setEpoch(epoch).setOffset(seen))
                .build();
        socket.deliver(SharedFrame.of(Ctl.newBuilder()
                .setPositions(Positions.newBuilder().addStreams(position))
                .build()));
    }

    /** Where this stands in its group, so that leaving costs the same in a large channel; see {@link Group}. */
    int place = -1;

    /** The group that holds it, once the hub has found one. */
    @Nullable
    Group group;
}
