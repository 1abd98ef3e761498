package io.parley.gateway.streams;

import io.parley.gateway.socket.Subscriber;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.v1.Subscribe;
import io.parley.schema.v1.SubscribeResult;
import io.vertx.core.Future;

/** What this node's sockets listen to. Every method is called on the context of the subscriber. */
public interface Streams {
    /**
     * Authorizes, continues where the subscriber left off, and listens from there. Takes {@code pres:} streams too,
     * which need no authorization. Completes on the subscriber's context, before anything behind the result's position
     * is delivered. Fails with a {@link io.parley.kernel.bus.Refusal}.
     */
    Future<SubscribeResult> subscribe(Subscriber socket, Caller caller, Subscribe request);

    /** Nothing of the stream is delivered afterwards. Not being subscribed is no error. */
    void unsubscribe(Subscriber socket, Caller caller, String stream);

    /** The socket has gone: forgets all its subscriptions. */
    void drop(Subscriber socket);
}
