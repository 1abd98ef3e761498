/**
 * Device leases and wishes in Redis.
 *
 * <p>Start at {@link io.parley.presence.store.PresenceStore}.
 */
@NullMarked
package io.parley.presence.store;

import org.jspecify.annotations.NullMarked;
