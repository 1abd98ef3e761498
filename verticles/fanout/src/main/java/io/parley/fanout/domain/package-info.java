/**
 * What an owner of shards remembers, as plain data structures: interest and recent events.
 *
 * <p>Start at {@link io.parley.fanout.domain.InterestTable} and {@link io.parley.fanout.domain.RecentEvents}.
 */
@NullMarked
package io.parley.fanout.domain;

import org.jspecify.annotations.NullMarked;
