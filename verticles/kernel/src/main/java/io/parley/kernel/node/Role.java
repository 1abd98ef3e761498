package io.parley.kernel.node;

import io.parley.kernel.config.Settings;
import io.vertx.core.Future;

/** A part of Parley that a process can run: chat, gateway, fanout… Started once and stopped once, by the app. */
public interface Role {
    /** As in {@code --roles}. */
    String name();

    /**
     * Asks for every setting of the role, so that a wrong one is found before anything starts and a reference of all
     * can be printed. No side effects.
     */
    default void configure(Settings settings) {}

    /** Completes when the role serves. A failure stops the process. */
    Future<?> start(NodeContext context);

    /**
     * Announces that the end is near: refuse new work, tell clients to go elsewhere. Completes when the last has gone.
     */
    default Future<?> drain() {
        return Future.succeededFuture();
    }

    /** Releases everything that start took. Called also after a failed start. */
    Future<?> stop();
}
