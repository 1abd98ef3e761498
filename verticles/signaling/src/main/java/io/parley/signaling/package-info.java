/**
 * Rooms as people know them: who may join, who is in, and the "call:" streams that tell it. Media is elsewhere: the
 * focus in the control plane is asked to place and to answer, and reports what nodes say.
 *
 * <p>Start at {@link io.parley.signaling.SignalingVerticle}.
 */
@NullMarked
package io.parley.signaling;

import org.jspecify.annotations.NullMarked;
