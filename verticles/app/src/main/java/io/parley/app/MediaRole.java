package io.parley.app;

import io.parley.control.ControlRole;
import io.parley.kernel.config.SettingException;
import io.parley.kernel.config.Settings;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.node.Role;
import io.parley.media.node.MediaNode;
import io.parley.media.node.MediaNodeConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A media node in this process, for small installations: the same node that {@code ./parley media} starts, attached by
 * the same stream, as a rule to the control plane next door.
 */
final class MediaRole implements Role {
    private static final Logger LOG = LoggerFactory.getLogger(MediaRole.class);
    private static final long LOOK_MILLIS = 50;
    private static final long READY_MILLIS = 10_000;

    private final ControlRole control;
    private Optional<MediaNode> running = Optional.empty();

    MediaRole(ControlRole control) {
        this.control = control;
    }

    @Override
    public String name() {
        return "media";
    }

    @Override
    public void configure(Settings settings) {
        MediaSettings.from(settings);
    }

    @Override
    public Future<?> start(NodeContext node) {
        return node.vertx()
                .executeBlocking(() -> {
                    var started = MediaNode.start(config(node));
                    running = Optional.of(started);
                    return started;
                })
                .compose(started -> ready(node.vertx(), Objects.requireNonNull(started)));
    }

    private MediaNodeConfig config(NodeContext node) {
        var settings = MediaSettings.from(node.settings());
        try {
            return settings.node(node.nodeId(), this::neighbour);
        } catch (IllegalArgumentException refused) {
            throw new SettingException(String.valueOf(refused.getMessage()));
        }
    }

    private String neighbour() {
        try {
            return "127.0.0.1:" + control.port();
        } catch (IllegalStateException notHere) {
            throw new SettingException("media.control is needed, HOST:PORT: this process runs no control plane");
        }
    }

    /** A node that the control plane does not hear yet need not hold up the others for long: it goes on trying. */
    private static Future<Void> ready(Vertx vertx, MediaNode node) {
        Promise<Void> ready = Promise.promise();
        long timer = vertx.setPeriodic(LOOK_MILLIS, _ -> {
            if (node.isReady()) {
                ready.tryComplete();
            }
        });
        vertx.setTimer(READY_MILLIS, _ -> {
            if (ready.tryComplete()) {
                LOG.warn("the media node is not ready yet: it takes nobody for now");
            }
        });
        return ready.future().onComplete(_ -> vertx.cancelTimer(timer));
    }

    @Override
    public Future<?> drain() {
        return running.map(node -> Future.fromCompletionStage(node.drain())).orElseGet(Future::succeededFuture);
    }

    /** Ends media at once; blocks the caller for the moment that takes, as the process is ending. */
    @Override
    public Future<?> stop() {
        running.ifPresent(MediaNode::close);
        running = Optional.empty();
        return Future.succeededFuture();
    }
}
