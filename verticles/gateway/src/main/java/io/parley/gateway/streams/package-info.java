/**
 * Who on this node listens to what.
 *
 * <p>Start at {@link io.parley.gateway.streams.Streams}.
 */
@NullMarked
package io.parley.gateway.streams;

import org.jspecify.annotations.NullMarked;
