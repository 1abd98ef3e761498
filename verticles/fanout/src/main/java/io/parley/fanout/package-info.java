/**
 * The owners of stream shards: who is interested in which stream, and what happened in it lately.
 *
 * <p>Start at {@link io.parley.fanout.FanoutRole} and {@link io.parley.fanout.ShardOwner}.
 */
@NullMarked
package io.parley.fanout;

import org.jspecify.annotations.NullMarked;
