package io.parley.kernel.node;

import io.vertx.core.Future;

/** A part of Parley that a process can run: chat, gateway, fanout… Started once and stopped once, by the app. */
public interface Role {
    /** As in {@code --roles}. */
    String name();

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
