/**
 * Whether the node works, found out by using it: it calls itself, through its own port.
 *
 * <p>Start at {@link io.parley.media.node.health.SelfCall}.
 */
@NullMarked
package io.parley.media.node.health;

import org.jspecify.annotations.NullMarked;
