/**
 * Who is seen how well: a pure function from sources, wishes and bandwidth to a layer and a reason for each source.
 *
 * <p>Start at {@link io.parley.media.sfu.allocation.Allocator}; then {@code Source} and {@code Hysteresis}. Rates are
 * bits a second, heights are pixels.
 */
@NullMarked
package io.parley.media.sfu.allocation;

import org.jspecify.annotations.NullMarked;
