/**
 * A world in virtual time: nodes that exchange messages over a bad network and die, all from one seed, thousands of
 * schedules a second.
 *
 * <p>Start at {@link io.parley.testkit.sim.SimWorld}.
 */
@NullMarked
package io.parley.testkit.sim;

import org.jspecify.annotations.NullMarked;
