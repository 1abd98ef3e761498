/**
 * From a validated command to its answer, whichever socket or route it came from.
 *
 * <p>Start at {@link io.parley.gateway.command.Commands}.
 */
@NullMarked
package io.parley.gateway.command;

import org.jspecify.annotations.NullMarked;
