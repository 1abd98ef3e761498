/**
 * The contract made executable: commands and routes read from {@code service Api}, JSON read by descriptor with paths
 * in its complaints, limits checked by {@code Rules}.
 *
 * <p>Start at {@link io.parley.gateway.contract.Api}.
 */
@NullMarked
package io.parley.gateway.contract;

import org.jspecify.annotations.NullMarked;
