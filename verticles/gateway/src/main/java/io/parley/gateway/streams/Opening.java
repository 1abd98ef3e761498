package io.parley.gateway.streams;

import io.parley.schema.bus.v1.Caller;
import io.parley.schema.v1.Subscribe;
import io.parley.schema.v1.SubscribeResult;
import io.vertx.core.Promise;

/** A subscription being made, and who waits for it. */
record Opening(
        Subscription subscription, Outlet outlet, Caller caller, Subscribe request, Promise<SubscribeResult> promise) {

    void fail(Throwable failure) {
        outlet.fail(subscription, failure, promise);
    }
}
