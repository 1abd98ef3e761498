package io.parley.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** One Vert.x for the clients that the testkit hands out; started by the first that asks, lives as long as the JVM. */
final class TestVertx {
    private static final class Holder {
        /** Daemons, so that the leak gate tells its threads from those that a test should have stopped. */
        static final Vertx VERTX =
                Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setUseDaemonThread(true));
    }

    private TestVertx() {}

    static Vertx shared() {
        return Holder.VERTX;
    }
}
