package io.parley.media.sfu.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs what is scheduled when the room's clock says so, on the room's thread: no thread of its own, no lock. */
final class TickScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final TickClock clock;
    private final List<Task<?>> waiting = new ArrayList<>();
    private boolean ended;

    TickScheduler(TickClock clock) {
        this.clock = clock;
    }

    /** Runs all that is due; what that schedules for now waits for the next call. */
    void run() {
        if (!isAnyDue()) {
            return;
        }
        var due = waiting.stream().filter(task -> task.atNanos <= clock.nanos()).toList();
        waiting.removeAll(due);
        due.forEach(Task::run);
    }

    private boolean isAnyDue() {
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).atNanos <= clock.nanos()) {
                return true;
            }
        }
        return false;
    }

    private <V> Task<V> add(Callable<V> call, long delay, TimeUnit unit) {
        var task = new Task<>(call, clock.nanos() + unit.toNanos(delay));
        waiting.add(task);
        return task;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(java.util.concurrent.Executors.callable(command), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> call, long delay, TimeUnit unit) {
        return add(call, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long delay, long period, TimeUnit unit) {
        Runnable again = () -> {
            command.run();
            var _ = scheduleAtFixedRate(command, period, period, unit);
        };
        return schedule(again, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long delay, long pause, TimeUnit unit) {
        return scheduleAtFixedRate(command, delay, pause, unit);
    }

    @Override
    public void execute(Runnable command) {
        var _ = add(java.util.concurrent.Executors.callable(command), 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void shutdown() {
        ended = true;
        waiting.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        var left = List.<Runnable>copyOf(waiting);
        shutdown();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return ended;
    }

    @Override
    public boolean isTerminated() {
        return ended;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return ended;
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long atNanos;

        Task(Callable<V> call, long atNanos) {
            super(call);
            this.atNanos = atNanos;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atNanos - clock.nanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
