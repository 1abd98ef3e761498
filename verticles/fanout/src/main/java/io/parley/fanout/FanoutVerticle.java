package io.parley.fanout;

import io.parley.kernel.cluster.Cluster;
import io.parley.kernel.fanout.FanoutContracts;
import io.parley.kernel.node.NodeContext;
import io.parley.schema.bus.v1.InterestChange;
import io.parley.schema.bus.v1.Publications;
import io.parley.schema.v1.Done;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;

/**
 * The bus around a {@link ShardOwner}: one event loop, one address per kind of message, whatever the number of streams.
 */
final class FanoutVerticle extends VerticleBase {
    private static final long TIDY_MILLIS = 1_000;

    private final Cluster cluster;
    private final FanoutConfig config;
    private final NodeContext node;
    private boolean flushPlanned;

    FanoutVerticle(NodeContext node, FanoutConfig config) {
        this.node = node;
        this.cluster = node.cluster();
        this.config = config;
    }

    @Override
    public Future<?> start() {
        EventBus bus = vertx.eventBus();
        String self = cluster.nodeId();
        ShardOwner owner = new ShardOwner(
                config,
                node.clock(),
                new FanoutMeters(node.meters()),
                (gateway, batch) -> FanoutContracts.DELIVER.at(gateway).send(bus, batch));
        vertx.setPeriodic(TIDY_MILLIS, _ -> owner.tidy(cluster.view()::has));
        return Future.all(List.of(
                FanoutContracts.TAKE
                        .at(self)
                        .receive(bus, batch -> take(owner, batch))
                        .completion(),
                served(FanoutContracts.INTEREST.at(self).serve(bus, change -> change(owner, change))),
                served(FanoutContracts.DIGEST
                        .at(self)
                        .serve(bus, digests -> Future.succeededFuture(owner.digest(digests)))),
                served(FanoutContracts.READ_RECENT
                        .at(self)
                        .serve(bus, read -> Future.succeededFuture(owner.read(read))))));
    }

    private static Future<Void> served(MessageConsumer<?> consumer) {
        return consumer.completion();
    }

    /** What arrives in one turn leaves in one message per node. */
    private void take(ShardOwner owner, Publications batch) {
        owner.take(batch);
        if (!flushPlanned) {
            flushPlanned = true;
            context.runOnContext(_ -> {
                flushPlanned = false;
                owner.flush();
            });
        }
    }

    private static Future<Done> change(ShardOwner owner, InterestChange change) {
        owner.change(change);
        return Future.succeededFuture(Done.getDefaultInstance());
    }
}
