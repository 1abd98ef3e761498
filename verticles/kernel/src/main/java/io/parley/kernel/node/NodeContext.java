package io.parley.kernel.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.kernel.cluster.Cluster;
import io.parley.kernel.config.Settings;
import io.parley.kernel.fanout.Publisher;
import io.parley.kernel.store.Stores;
import io.parley.schema.Clock;
import io.parley.schema.Randomness;
import io.vertx.core.Vertx;

/**
 * What every role of one process shares. Roles ask the settings while they start, and keep records.
 *
 * @param nodeId unique among live nodes, new with every start
 */
public record NodeContext(
        String nodeId,
        Vertx vertx,
        Cluster cluster,
        Settings settings,
        Stores stores,
        Publisher publisher,
        MeterRegistry meters,
        Readiness readiness,
        Clock clock,
        Randomness randomness) {}
