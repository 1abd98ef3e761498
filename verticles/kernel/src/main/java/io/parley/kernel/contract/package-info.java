/**
 * What may be asked and told on the bus: one constant per address, used by both sides.
 *
 * <p>Start at {@link io.parley.kernel.contract.CommandContracts} and {@link io.parley.kernel.contract.StreamContracts}.
 */
@NullMarked
package io.parley.kernel.contract;

import org.jspecify.annotations.NullMarked;
