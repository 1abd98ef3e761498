/**
 * Where rooms are kept: facts in PostgreSQL, who is in them in Redis.
 *
 * <p>Start at {@link io.parley.signaling.store.LiveRooms}.
 */
@NullMarked
package io.parley.signaling.store;

import org.jspecify.annotations.NullMarked;
