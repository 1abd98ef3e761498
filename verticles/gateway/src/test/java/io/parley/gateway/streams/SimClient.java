package io.parley.gateway.streams;

import io.parley.gateway.socket.SharedFrame;
import io.parley.gateway.socket.Subscriber;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.StreamId;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.Subscribe;
import io.parley.schema.v1.SubscribeResult;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client as an SDK is one: it keeps its position, reconnects to any gateway and resumes. It checks at every event
 * that the next offset is the one it waits for.
 */
final class SimClient {
    private static final long NOWHERE = -1;

    private final Sim sim;
    private final SimCluster cluster;
    private final StreamId stream;
    private final String user;
    private long seen = NOWHERE;
    private @Nullable Session session;
    private boolean refused;
    /** Snapshots taken because a resume was not possible. */
    private int snapshots;

    private final List<String> violations = new ArrayList<>();

    /** One connection to one gateway. */
    private final class Session implements Subscriber {
        private final SimCluster.Gateway gateway;
        private final Context context;
        private boolean live;

        Session(SimCluster.Gateway gateway) {
            this.gateway = gateway;
            this.context = gateway.loop(sim.chance().below(2));
        }

        @Override
        public Context context() {
            return context;
        }

        @Override
        public void deliver(SharedFrame frame) {
            if (session != this || !frame.frame().hasPush()) {
                return;
            }
            check(live, "heard something before the subscription was answered");
            hear(frame.frame().getPush());
        }

        @Override
        public void disconnect(int closeCode, String reason) {
            if (session == this) {
                leave();
            }
        }
    }

    SimClient(Sim sim, SimCluster cluster, StreamId stream, String user) {
        this.sim = sim;
        this.cluster = cluster;
        this.stream = stream;
        this.user = user;
    }

    private void hear(Push push) {
        check(seen + 1 == push.getOffset(), "expected " + (seen + 1) + " and heard " + push.getOffset());
        seen = push.getOffset();
    }

    /** Whatever code catches exceptions on the way, the test hears of it. */
    private void check(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(user + " " + otherwise);
        }
    }

    List<String> violations() {
        return violations;
    }

    void connect() {
        List<SimCluster.Gateway> gateways = cluster.gateways();
        if (gateways.isEmpty() || refused) {
            return;
        }
        Session mine = new Session(gateways.get((int) sim.chance().below(gateways.size())));
        session = mine;
        mine.gateway.onDeath(() -> {
            if (session == mine) {
                reconnect();
            }
        });
        mine.context.runOnContext(_ -> subscribe(mine));
    }

    private void subscribe(Session mine) {
        Subscribe.Builder request = Subscribe.newBuilder().setStream(stream.stream());
        if (seen != NOWHERE) {
            request.setSince(Position.newBuilder().setEpoch("e1").setOffset(seen));
        }
        Caller caller =
                Caller.newBuilder().setTenant(stream.tenant()).setUserId(user).build();
        cluster.hub(mine.gateway)
                .subscribe(mine, caller, request.build())
                .onComplete(result -> subscribed(mine, result), failure -> failed(mine, failure));
    }

    private void subscribed(Session mine, SubscribeResult result) {
        if (session != mine) {
            return;
        }
        if (seen == NOWHERE) {
            seen = result.getPosition().getOffset();
        } else if (result.getRecovered()) {
            result.getMissedList().forEach(this::hear);
            check(
                    result.getPosition().getOffset() == seen,
                    "the resume to " + result.getPosition() + " ends at " + seen);
        } else {
            snapshots++;
            seen = result.getPosition().getOffset();
        }
        mine.live = true;
    }

    private void failed(Session mine, Throwable failure) {
        boolean foreign = failure instanceof Refusal refusal && refusal.code() == ErrorCode.CHANNEL_NOT_FOUND;
        if (session != mine) {
            return;
        }
        refused |= foreign;
        leave();
    }

    /** The connection breaks, and another is made after a while. */
    void leave() {
        Session mine = session;
        if (mine != null && mine.gateway.alive) {
            StreamHub hub = cluster.hub(mine.gateway);
            mine.context.runOnContext(_ -> hub.drop(mine));
        }
        reconnect();
    }

    private void reconnect() {
        session = null;
        sim.after(50 + sim.chance().below(2_000), () -> {
            if (session == null) {
                connect();
            }
        });
    }

    long seen() {
        return seen;
    }

    int snapshots() {
        return snapshots;
    }

    String user() {
        return user;
    }

    StreamId stream() {
        return stream;
    }
}
