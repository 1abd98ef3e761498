/**
 * How much one user may ask for: token buckets in Redis, exact over all gateways.
 *
 * <p>Start at {@link io.parley.gateway.limit.Admission}.
 */
@NullMarked
package io.parley.gateway.limit;

import org.jspecify.annotations.NullMarked;
