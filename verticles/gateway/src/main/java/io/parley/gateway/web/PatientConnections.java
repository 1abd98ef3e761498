package io.parley.gateway.web;

import io.parley.schema.Clock;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Ends HTTP connections that never get to the point: no first request in time, or a next one that trickles in for ever.
 * A timer against silence would be fooled by one byte now and then. Owned by one event loop; WebSockets have rules of
 * their own.
 */
final class PatientConnections {
    private static final class Watched {
        long sinceNanos;
        long patienceNanos;
        int running;
    }

    private final Clock clock;
    private final HttpConfig config;
    private final IdentityHashMap<HttpConnection, Watched> connections = new IdentityHashMap<>();

    PatientConnections(Clock clock, HttpConfig config) {
        this.clock = clock;
        this.config = config;
    }

    void opened(HttpConnection connection) {
        Watched watched = new Watched();
        watched.sinceNanos = clock.monoNanos();
        watched.patienceNanos = config.firstRequestWithin().toNanos();
        connections.put(connection, watched);
        connection.closeHandler(_ -> connections.remove(connection));
    }

    void requestBegan(HttpConnection connection) {
        Watched watched = connections.get(connection);
        if (watched != null) {
            watched.running++;
        }
    }

    void requestEnded(HttpConnection connection) {
        Watched watched = connections.get(connection);
        if (watched != null) {
            watched.running--;
            watched.sinceNanos = clock.monoNanos();
            watched.patienceNanos = config.keepAlive().toNanos();
        }
    }

    /** The connection carries a WebSocket from now on. */
    void upgraded(HttpConnection connection) {
        connections.remove(connection);
    }

    void sweep() {
        long now = clock.monoNanos();
        List<HttpConnection> tooSlow = new ArrayList<>();
        connections.forEach((connection, watched) -> {
            if (watched.running == 0 && now - watched.sinceNanos > watched.patienceNanos) {
                tooSlow.add(connection);
            }
        });
        tooSlow.forEach(connection -> {
            connections.remove(connection);
            connection.close();
        });
    }
}
