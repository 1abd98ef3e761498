/**
 * The control plane: media nodes attach to it, and signaling asks it, as the focus of each room, to place participants
 * and to carry their session descriptions. It never sees media, and media never waits for it.
 *
 * <p>Start at {@link io.parley.control.ControlRole}, then {@link io.parley.control.Focus}.
 */
@NullMarked
package io.parley.control;

import org.jspecify.annotations.NullMarked;
