/**
 * Which nodes live and what they do. One process alone is its own cluster; several find each other through Hazelcast.
 *
 * <p>Start at {@link io.parley.kernel.cluster.Cluster} and {@link io.parley.kernel.cluster.ClusterConfig}.
 */
@NullMarked
package io.parley.kernel.cluster;

import org.jspecify.annotations.NullMarked;
