/**
 * Makes of whatever is selected one stream per receive slot, in which no decoder sees a seam.
 *
 * <p>Start at {@link io.parley.media.sfu.forward.SlotForwarder}; then {@code FrameFilter} with one class per codec, and
 * {@code PacketBuilder}. Everything is owned by the room's thread.
 */
@NullMarked
package io.parley.media.sfu.forward;

import org.jspecify.annotations.NullMarked;
