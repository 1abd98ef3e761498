/**
 * Value types that every process shares: ids, limits, clocks and chance.
 *
 * <p>Start at {@link io.parley.schema.StreamName} and {@link io.parley.schema.Ulids}; the contract itself is in
 * {@code io.parley.schema.v1}, generated.
 */
@NullMarked
package io.parley.schema;

import org.jspecify.annotations.NullMarked;
