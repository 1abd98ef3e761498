/**
 * Who is in a room at the moment, as pure state. It is made of the contract's own types, because what is kept is what
 * is told: a participant is stored, sent in events and answered in the same bytes.
 *
 * <p>Start at {@link io.parley.signaling.live.LiveRoom}.
 */
@NullMarked
package io.parley.signaling.live;

import org.jspecify.annotations.NullMarked;
