package io.parley.gateway.socket;

import io.parley.gateway.command.Origin;
import io.parley.kernel.auth.Principal;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.Ctl;
import io.parley.schema.v1.Ok;
import io.parley.schema.v1.Pong;
import io.parley.schema.v1.Presence;
import io.parley.schema.v1.Reply;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connected client, from its first frame to its last. Owned by the event loop of its connection. */
final class ClientSession implements Subscriber {
    private final Context context;
    private final ClientSocket socket;
    private final SocketServices services;
    private final LoopSessions loop;
    private final Outbox outbox;
    private final CommandFlow flow;
    private final String sessionId;
    private final long openedNanos;
    private @Nullable Principal principal;
    private String deviceId = "";
    private Presence.State wanted = Presence.State.OFFLINE;
    /** Pushes of resumed streams that came before the answer to hello; null once that is out. */
    private @Nullable List<SharedFrame> held = new ArrayList<>(0);

    private @Nullable PresenceWatch watch;
    private long heardNanos;
    private long activeNanos;
    private Duration heartbeat;
    private boolean refreshing;
    private boolean closed;

    ClientSession(Context context, ClientSocket socket, SocketServices services, LoopSessions loop) {
        this.context = context;
        this.socket = socket;
        this.services = services;
        this.loop = loop;
        this.outbox = new Outbox(context, socket, services.limits(), services.meters(), this::tooSlow);
        this.flow = new CommandFlow(this, services);
        this.sessionId = services.ids().session();
        this.openedNanos = services.clock().monoNanos();
        this.heardNanos = openedNanos;
        this.activeNanos = openedNanos;
        this.heartbeat = services.limits().activeHeartbeat();
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public void deliver(SharedFrame frame) {
        if (held != null) {
            held.add(frame);
        } else {
            outbox.add(frame);
        }
    }

    @Override
    public void disconnect(int closeCode, String reason) {
        close(closeCode, reason);
    }

    void onMessage(Buffer message) {
        heardNanos = services.clock().monoNanos();
        List<Inbound> frames = FrameReader.read(socket.encoding(), message);
        services.meters().received(frames.size(), message.length());
        for (Inbound frame : frames) {
            if (!closed) {
                onFrame(frame);
            }
        }
    }

    private void onFrame(Inbound frame) {
        switch (frame) {
            case Inbound.Command command -> {
                activeNanos = heardNanos;
                flow.take(command);
            }
            case Inbound.Control control -> onControl(control.ctl());
            case Inbound.Refused refused -> refuse(refused.id(), Refusal.of(refused.code()), origin());
            case Inbound.Broken broken -> {
                refuseAlways(0, Refusal.of(broken.code(), broken.detail()), origin());
                close(CloseCodes.BAD_PROTOCOL, broken.detail());
            }
        }
    }

    private void onControl(Ctl ctl) {
        switch (ctl.getControlCase()) {
            case PING -> pong(ctl.getPing().getN());
            case ACK -> {
                if (principal != null) {
                    loop.acknowledge(principal, ctl.getAck());
                }
            }
            case PONG, DRAIN, NOTICE, POSITIONS, CONTROL_NOT_SET -> {
                // That it came is all there is to know.
            }
        }
    }

    private void pong(int n) {
        Duration before = heartbeat;
        heartbeat = beats().interval(quiet());
        Pong.Builder pong = Pong.newBuilder().setN(n);
        if (!heartbeat.equals(before)) {
            pong.setHeartbeatMs((int) heartbeat.toMillis());
        }
        outbox.add(SharedFrame.of(Ctl.newBuilder().setPong(pong).build()));
    }

    private Heartbeats beats() {
        return new Heartbeats(
                services.limits().activeHeartbeat(), services.limits().idleHeartbeat());
    }

    /** Since the client last did something. */
    Duration quiet() {
        return Duration.ofNanos(services.clock().monoNanos() - activeNanos);
    }

    /**
     * Called every now and then; ends what has outlived its time. Only the client's lateness counts: a hello or a
     * refresh that came in time may be answered late, when the stores behind this node are slow.
     */
    void checkDeadlines(long nowNanos, long nowWallMillis) {
        if (!flow.isGreeted()) {
            if (nowNanos - openedNanos > services.limits().helloWithin().toNanos()) {
                close(CloseCodes.BAD_PROTOCOL, "hello did not come in time");
            }
        } else if (principal != null && !refreshing && nowWallMillis >= principal.endsAtMillis()) {
            close(CloseCodes.TOKEN_EXPIRED, "the token has expired");
        } else if (nowNanos - heardNanos > Heartbeats.patience(heartbeat).toNanos()) {
            close(CloseCodes.IDLE, "nothing was heard for too long");
        }
    }

    /** Says who this is from now on. */
    void entered(Principal who, String device, Presence.State presence) {
        principal = who;
        deviceId = device;
        wanted = presence;
        services.census().claim(who, device, this);
        loop.entered(this);
    }

    /** What came before the answer to hello follows it. */
    void released() {
        List<SharedFrame> waiting = held;
        held = null;
        if (waiting != null) {
            waiting.forEach(outbox::add);
        }
    }

    /** A refresh came; a token that had run out before is not kept alive by asking. */
    void refreshBegins() {
        refreshing = principal != null && services.clock().wallMillis() < principal.endsAtMillis();
    }

    /** A newer token of the same person. */
    void refreshed(Principal who) {
        principal = who;
    }

    void refreshEnds() {
        refreshing = false;
    }

    void answer(int id, Ok ok) {
        if (id != 0 && !closed) {
            outbox.add(SharedFrame.of(Reply.newBuilder().setId(id).setOk(ok).build()));
        }
    }

    /** A command without id wants no answer, not even this one. */
    void refuse(int id, Refusal refusal, Origin origin) {
        if (id != 0) {
            refuseAlways(id, refusal, origin);
        }
    }

    void refuseAlways(int id, Refusal refusal, Origin origin) {
        if (!closed) {
            outbox.add(SharedFrame.of(Reply.newBuilder()
                    .setId(id)
                    .setErr(refusal.toError(origin.requestId()))
                    .build()));
        }
    }

    void control(Ctl ctl) {
        outbox.add(SharedFrame.of(ctl));
    }

    Origin origin() {
        return new Origin(services.ids().request(), sessionId, deviceId);
    }

    @Nullable
    Principal principal() {
        return principal;
    }

    String sessionId() {
        return sessionId;
    }

    String deviceId() {
        return deviceId;
    }

    Presence.State wanted() {
        return wanted;
    }

    Duration heartbeat() {
        return heartbeat;
    }

    /** The users this socket watches; made when first asked for. */
    PresenceWatch watch() {
        if (watch == null) {
            watch = new PresenceWatch(this, services.streams());
        }
        return watch;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isBehindWithReplies() {
        return outbox.isBehindWithReplies();
    }

    ClientSocket socket() {
        return socket;
    }

    /** Another connection of the same device took over; called from any thread. */
    void replaced() {
        context.runOnContext(_ -> close(CloseCodes.REPLACED, "the device has a newer connection"));
    }

    private void tooSlow() {
        close(CloseCodes.SLOW, "the client reads too slowly");
    }

    /** Sends what is waiting, says why, and goes. A slow reader gets nothing more but the reason. */
    void close(int code, String reason) {
        if (closed) {
            return;
        }
        if (code != CloseCodes.SLOW) {
            outbox.flush();
        }
        leave(code);
        socket.close(code, reason);
    }

    /** The connection ended, by whomever. */
    void onClosed() {
        if (!closed) {
            leave(0);
        }
    }

    private void leave(int code) {
        closed = true;
        outbox.close();
        held = null;
        services.streams().drop(this);
        if (watch != null) {
            services.streams().drop(watch);
        }
        if (principal != null) {
            services.census().release(principal, deviceId, this);
            services.census().leave(principal);
        }
        loop.left(this);
        services.meters().closed(code);
    }
}
