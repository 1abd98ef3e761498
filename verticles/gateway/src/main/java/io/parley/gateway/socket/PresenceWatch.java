package io.parley.gateway.socket;

import io.parley.gateway.streams.Streams;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Subscribe;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The users whose presence one socket watches. A subscriber of its own, so that watches do not count as subscriptions.
 * Owned by the socket's event loop.
 */
final class PresenceWatch implements Subscriber {
    private final ClientSession session;
    private final Streams streams;
    private final Set<String> users = new HashSet<>();

    PresenceWatch(ClientSession session, Streams streams) {
        this.session = session;
        this.streams = streams;
    }

    @Override
    public Context context() {
        return session.context();
    }

    @Override
    public void deliver(SharedFrame frame) {
        session.deliver(frame);
    }

    @Override
    public void disconnect(int closeCode, String reason) {
        session.disconnect(closeCode, reason);
    }

    /** Fails with WATCH_LIMIT, and then watches none of them that were not watched before. */
    Future<?> add(List<String> wanted, Caller caller) {
        Set<String> added = new HashSet<>(wanted);
        added.removeAll(users);
        if (users.size() + added.size() > Limits.WATCHED_USERS_MAX) {
            return Future.failedFuture(Refusal.of(
                    ErrorCode.WATCH_LIMIT, "at most " + Limits.WATCHED_USERS_MAX + " users on one connection"));
        }
        users.addAll(added);
        return Future.all(added.stream()
                        .map(user -> streams.subscribe(this, caller, subscription(user)))
                        .toList())
                .onFailure(_ -> remove(List.copyOf(added), caller));
    }

    void remove(List<String> unwanted, Caller caller) {
        for (String user : unwanted) {
            if (users.remove(user)) {
                streams.unsubscribe(this, caller, stream(user));
            }
        }
    }

    private static Subscribe subscription(String user) {
        return Subscribe.newBuilder().setStream(stream(user)).build();
    }

    private static String stream(String user) {
        return "pres:" + user;
    }
}
