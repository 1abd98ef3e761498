/**
 * How domains tell the world: events go to the owner of their stream's shard, best effort, after they are durable.
 *
 * <p>Start at {@link io.parley.kernel.fanout.Publisher}.
 */
@NullMarked
package io.parley.kernel.fanout;

import org.jspecify.annotations.NullMarked;
