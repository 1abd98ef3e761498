package io.parley.media.node.control;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import io.parley.media.node.rooms.MediaRooms;
import io.parley.media.node.rooms.RoomListener;
import io.parley.media.node.rooms.Session;
import io.parley.schema.Clock;
import io.parley.schema.control.NodeControlMethods;
import io.parley.schema.control.v1.HeldSession;
import io.parley.schema.control.v1.Load;
import io.parley.schema.control.v1.NodeFrame;
import io.parley.schema.control.v1.Registration;
import io.parley.schema.control.v1.RoomEvent;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the node attached to the control plane for as long as it is open. Everything happens on one thread of its own,
 * gRPC's callbacks too; rooms and packets never wait for it.
 */
public final class ControlLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlLink.class);

    /** What the node says of itself; asked on the link's thread. */
    public interface Node extends Commands.Owner {
        /** Without who is held. */
        Registration registration();

        Load load();
    }

    /** What the link is made of; {@code random} spreads attempts to attach. */
    public record Parts(ControlAddress address, Node node, Clock clock, RandomGenerator random) {}

    private final Parts parts;
    private final ScheduledThreadPoolExecutor thread;
    private final EventOutbox outbox = new EventOutbox(this::eventsWait);
    private final AtomicBoolean pumping = new AtomicBoolean();
    private final ManagedChannel channel;
    private final Backoff backoff;
    private @Nullable MediaRooms rooms;
    private @Nullable Commands commands;
    private @Nullable AttachStream stream;
    private boolean closed;
    private long eventSeq;
    private volatile boolean attached;

    /** Throws IllegalArgumentException, with a sentence for the operator, when the address cannot be used. */
    public ControlLink(Parts parts) {
        this.parts = parts;
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("media-control").daemon(true).factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        backoff = new Backoff(Limits.FIRST_RETRY, Limits.LAST_RETRY, parts.random());
        try {
            channel = ControlChannels.open(parts.address(), thread);
        } catch (IllegalArgumentException unusable) {
            thread.shutdownNow();
            throw unusable;
        }
    }

    /** To be given to the rooms, so that the control plane hears of them. */
    public RoomListener events() {
        return outbox;
    }

    /** Attaches now and again and again. */
    public void start(MediaRooms served, int participantLimit) {
        thread.execute(() -> {
            rooms = served;
            commands = new Commands(
                    parts.node().registration().getNodeId(), participantLimit, served, parts.node(), parts.clock());
            attach();
        });
        long everyMillis = Limits.SPEAKERS_EVERY.toMillis();
        var _ = thread.scheduleWithFixedDelay(this::tellSpeakers, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
    }

    /** Whether the control plane has welcomed the node on the present stream. Any thread. */
    public boolean isAttached() {
        return attached;
    }

    /** Events that were dropped because too many waited. Any thread. */
    public long droppedEvents() {
        return outbox.dropped();
    }

    private void attach() {
        var does = commands;
        if (closed || does == null) {
            return;
        }
        channel.resetConnectBackoff(); // the pauses are ours
        var next = new AttachStream(this, does, thread);
        stream = next;
        ClientCalls.asyncBidiStreamingCall(channel.newCall(NodeControlMethods.ATTACH, CallOptions.DEFAULT), next);
        var _ = thread.schedule(next::giveUpWithoutWelcome, Limits.WELCOME.toMillis(), TimeUnit.MILLISECONDS);
        var held = rooms;
        if (held != null) {
            var _ = held.sessions().thenAcceptAsync(next::register, thread);
        }
    }

    NodeFrame registration(List<Session> held) {
        var said = parts.node().registration().toBuilder();
        held.forEach(session ->
                said.addHeld(HeldSession.newBuilder().setRoom(session.room()).setParticipantId(session.participant())));
        return NodeFrame.newBuilder().setRegistration(said).build();
    }

    /** The control plane took the node in on {@code of}. */
    void welcomed(AttachStream of, long heartbeatMillis) {
        if (of != stream) {
            return;
        }
        LOG.info("attached to the control plane at {}", parts.address());
        backoff.reset();
        attached = true;
        beat(of, heartbeatMillis);
        eventsWait();
    }

    private void beat(AttachStream on, long everyMillis) {
        if (on == stream && !closed) {
            on.offer(() -> NodeFrame.newBuilder().setLoad(parts.node().load()).build());
            var _ = thread.schedule(() -> beat(on, everyMillis), everyMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** {@code of} has ended. */
    void ended(AttachStream of, String reason) {
        if (of != stream) {
            return;
        }
        stream = null;
        attached = false;
        if (!closed) {
            long pause = backoff.nextMillis();
            LOG.warn("not attached to the control plane at {}: {}; next in {} ms", parts.address(), reason, pause);
            var _ = thread.schedule(this::attach, pause, TimeUnit.MILLISECONDS);
        }
    }

    /** Any thread; never waits. */
    private void eventsWait() {
        if (attached && pumping.compareAndSet(false, true)) {
            thread.execute(this::pump);
        }
    }

    /** Sends events for as long as the stream takes them; it calls again when it takes more. */
    void pump() {
        pumping.set(false);
        while (isRoomy()) {
            var event = outbox.poll();
            if (event == null) {
                return;
            }
            tell(event);
        }
    }

    private void tellSpeakers() {
        for (int left = Limits.EVENTS_WAITING; left > 0 && isRoomy(); left--) {
            var event = outbox.pollSpeakers();
            if (event == null) {
                return;
            }
            tell(event);
        }
    }

    private boolean isRoomy() {
        var open = stream;
        return attached && open != null && open.isRoomy();
    }

    private void tell(RoomEvent.Builder event) {
        var open = stream;
        if (open != null) {
            var numbered = event.setSeq(++eventSeq).build();
            open.offer(() -> NodeFrame.newBuilder().setEvent(numbered).build());
        }
    }

    /** Detaches; media is not touched. Returns when the thread has ended. Idempotent. */
    @Override
    public void close() {
        try {
            thread.execute(() -> {
                closed = true;
                attached = false;
                var open = stream;
                if (open != null) {
                    open.finish();
                }
                channel.shutdown();
            });
            channel.awaitTermination(Limits.CLOSE.toMillis(), TimeUnit.MILLISECONDS);
            channel.shutdownNow();
            channel.awaitTermination(Limits.CLOSE.toMillis(), TimeUnit.MILLISECONDS);
            thread.shutdown();
            thread.awaitTermination(Limits.CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException again) {
            LOG.debug("the link was closed before");
        } finally {
            thread.shutdownNow();
        }
    }
}
