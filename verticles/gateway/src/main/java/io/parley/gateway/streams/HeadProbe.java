package io.parley.gateway.streams;

import static io.parley.kernel.fanout.FanoutContracts.keyOf;

import io.parley.schema.Limits;
import io.parley.schema.bus.v1.StreamHead;
import io.parley.schema.bus.v1.StreamHeadsRead;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks the log, in turn and in batches, where the streams of this node stand. It is what finds an event that was
 * committed but never published, and it needs neither owners nor the health of their addresses. Costs one key lookup
 * per listened stream and {@link StreamsConfig#probe()}, at most {@link Limits#PROBES_PER_TICK_MAX} questions per tick.
 * Owned by the hub.
 */
final class HeadProbe {
    private final HubParts parts;
    private final Consumer<StreamHead> head;
    private final Gate gate = new Gate(Limits.PROBES_UNDER_WAY_MAX, Limits.PROBES_PER_TICK_MAX);
    /** In the order in which they are due, roughly: each waits about as long as the others. */
    private final Deque<LocalStream> turns = new ArrayDeque<>();

    private final Deque<LocalStream> hurried = new ArrayDeque<>();

    HeadProbe(HubParts parts, Consumer<StreamHead> head) {
        this.parts = parts;
        this.head = head;
    }

    /** From now on the stream has its turn again and again, until nobody listens to it for a whole round. */
    void track(LocalStream stream) {
        if (!stream.probed) {
            stream.probed = true;
            wait(stream);
        }
    }

    /** Something may just have been lost: ask at the next tick. */
    void hurry(Collection<LocalStream> streams) {
        hurried.addAll(streams);
    }

    void tick() {
        long now = parts.nowMillis();
        for (int question = 0; question < Limits.PROBES_PER_TICK_MAX; question++) {
            StreamHeadsRead.Builder read = StreamHeadsRead.newBuilder();
            while (read.getKeysCount() < Limits.HEADS_PER_READ_MAX) {
                Optional<LocalStream> due = due(now);
                if (due.isEmpty()) {
                    break;
                }
                read.addKeys(keyOf(due.get().id()));
            }
            if (read.getKeysCount() == 0) {
                return;
            }
            ask(read.build());
        }
    }

    private void ask(StreamHeadsRead read) {
        gate.ask(() -> parts.links().heads(read))
                .onSuccess(heads -> heads.getHeadsList().forEach(head));
    }

    /** The next stream whose turn has come; streams without listeners leave the round. */
    private Optional<LocalStream> due(long nowMillis) {
        for (LocalStream stream = hurried.poll(); stream != null; stream = hurried.poll()) {
            if (stream.placed() && !stream.idle()) {
                return Optional.of(stream);
            }
        }
        for (LocalStream stream = turns.peek();
                stream != null && stream.probeAtMillis <= nowMillis;
                stream = turns.peek()) {
            turns.poll();
            if (stream.placed() && !stream.idle()) {
                wait(stream);
                return Optional.of(stream);
            }
            stream.probed = false;
        }
        return Optional.empty();
    }

    private void wait(LocalStream stream) {
        long every = parts.config().probe().toMillis();
        stream.probeAtMillis =
                parts.nowMillis() + every - every / 8 + parts.randomness().below(every / 4 + 1);
        turns.add(stream);
    }
}
