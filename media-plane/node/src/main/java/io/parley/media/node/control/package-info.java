/**
 * The node's side of {@code NodeControl.Attach}: registration and load up, commands down, events up. A broken stream
 * disturbs no media; the node attaches again with what it holds.
 *
 * <p>Start at {@link io.parley.media.node.control.ControlLink}, then {@link io.parley.media.node.control.Commands} and
 * {@link io.parley.media.node.control.EventOutbox}.
 */
@NullMarked
package io.parley.media.node.control;

import org.jspecify.annotations.NullMarked;
