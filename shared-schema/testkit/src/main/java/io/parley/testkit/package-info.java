/**
 * What tests stand on: real servers, clocks and chance that obey, seeds, golden vectors.
 *
 * <p>Start at {@link io.parley.testkit.TestPostgres} and {@link io.parley.testkit.ManualClock}.
 */
@NullMarked
package io.parley.testkit;

import org.jspecify.annotations.NullMarked;
