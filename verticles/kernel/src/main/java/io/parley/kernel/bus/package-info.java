/**
 * Questions and notices on the event bus: protobuf in, protobuf out, refusals as values of the catalogue.
 *
 * <p>Start at {@link io.parley.kernel.bus.Request} and {@link io.parley.kernel.bus.Refusal}.
 */
@NullMarked
package io.parley.kernel.bus;

import org.jspecify.annotations.NullMarked;
