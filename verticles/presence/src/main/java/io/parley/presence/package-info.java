/**
 * Who is there: device leases in Redis, merged per user, told as coalesced changes on "pres:" streams (R43–R48, R275).
 *
 * <p>Start at {@link io.parley.presence.PresenceRole}, then {@link io.parley.presence.domain.Visibility}.
 */
@NullMarked
package io.parley.presence;

import org.jspecify.annotations.NullMarked;
