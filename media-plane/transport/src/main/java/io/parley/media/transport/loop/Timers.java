package io.parley.media.transport.loop;

import io.parley.media.transport.Shard.Timer;
import java.util.PriorityQueue;

/** Tasks in the order of their time. One owner. */
final class Timers {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();

    /** Runs {@code task} at {@code dueNanos}, and then every {@code periodNanos} unless that is 0. */
    Timer add(long dueNanos, long periodNanos, Runnable task) {
        var entry = new Entry(dueNanos, periodNanos, task);
        entries.add(entry);
        return entry;
    }

    /** How long until the next one is due: 0 when it is, at most {@code limitNanos}. */
    long waitNanos(long nowNanos, long limitNanos) {
        var first = entries.peek();
        return first == null ? limitNanos : Math.clamp(first.dueNanos - nowNanos, 0, limitNanos);
    }

    /** Runs what is due. */
    void run(long nowNanos) {
        for (var first = entries.peek(); first != null && first.dueNanos - nowNanos <= 0; first = entries.peek()) {
            entries.remove();
            if (first.cancelled) {
                continue;
            }
            if (first.periodNanos > 0) {
                first.dueNanos = Math.max(first.dueNanos + first.periodNanos, nowNanos + 1);
                entries.add(first);
            }
            first.task.run();
        }
    }

    private static final class Entry implements Timer, Comparable<Entry> {
        private final long periodNanos;
        private final Runnable task;
        private long dueNanos;
        private boolean cancelled;

        private Entry(long dueNanos, long periodNanos, Runnable task) {
            this.dueNanos = dueNanos;
            this.periodNanos = periodNanos;
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Entry other) {
            return Long.signum(dueNanos - other.dueNanos); // the clock may wrap, so never compare the values themselves
        }
    }
}
