/**
 * Configuration: every module reads a record of its own from {@link io.parley.kernel.config.Settings}, which knows
 * where a value came from and says so when it is wrong.
 *
 * <p>Start at {@link io.parley.kernel.config.Settings}.
 */
@NullMarked
package io.parley.kernel.config;

import org.jspecify.annotations.NullMarked;
