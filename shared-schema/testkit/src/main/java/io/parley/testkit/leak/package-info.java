/**
 * Fails tests that leave something behind: buffers nobody released, threads nobody stopped.
 *
 * <p>Start at {@link io.parley.testkit.leak.LeakGate}.
 */
@NullMarked
package io.parley.testkit.leak;

import org.jspecify.annotations.NullMarked;
