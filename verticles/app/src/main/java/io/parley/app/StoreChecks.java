package io.parley.app;

import io.parley.kernel.node.Readiness;
import io.parley.kernel.store.Stores;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** Readiness by the stores: a node without one of them is told by its name, and gets no new clients meanwhile. */
final class StoreChecks {
    private StoreChecks() {}

    /** Asks through the guards: what nobody may ask now does not answer either. */
    static Readiness of(Stores stores) {
        Readiness readiness = new Readiness();
        readiness.add("postgres", () -> stores.postgres().query("SELECT 1").execute());
        readiness.add("redis", () -> stores.redis().send(Request.cmd(Command.PING)));
        return readiness;
    }
}
