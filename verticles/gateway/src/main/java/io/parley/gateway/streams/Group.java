package io.parley.gateway.streams;

import io.parley.schema.StreamId;
import java.util.ArrayList;
import java.util.List;

/**
 * The subscriptions of one stream on one event loop. The list belongs to that loop, {@link #holders} to the hub: it
 * counts subscriptions made and not yet released, so that the hub knows when nobody listens.
 */
final class Group {
    private final StreamId stream;
    private final Outlet outlet;
    private final List<Subscription> subscriptions = new ArrayList<>(1);
    private boolean walking;
    /** Owned by the hub. */
    int holders;

    Group(StreamId stream, Outlet outlet) {
        this.stream = stream;
        this.outlet = outlet;
    }

    StreamId stream() {
        return stream;
    }

    Outlet outlet() {
        return outlet;
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    void add(Subscription subscription) {
        subscription.place = subscriptions.size();
        subscriptions.add(subscription);
    }

    /** While the list is being walked over several turns, the gap is closed at the end of the walk. */
    void remove(Subscription subscription) {
        if (walking || subscription.place < 0) {
            return;
        }
        Subscription last = subscriptions.removeLast();
        if (last != subscription) {
            subscriptions.set(subscription.place, last);
            last.place = subscription.place;
        }
        subscription.place = -1;
    }

    void walk() {
        walking = true;
    }

    void walked() {
        walking = false;
        if (subscriptions.removeIf(Subscription::closed)) {
            for (int place = 0; place < subscriptions.size(); place++) {
                subscriptions.get(place).place = place;
            }
        }
    }
}
