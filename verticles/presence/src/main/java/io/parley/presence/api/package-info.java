/**
 * Translation between the contract and presence's own types.
 *
 * <p>Start at {@link io.parley.presence.api.PresenceWire}.
 */
@NullMarked
package io.parley.presence.api;

import org.jspecify.annotations.NullMarked;
