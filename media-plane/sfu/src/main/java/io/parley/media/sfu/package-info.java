/**
 * Selective forwarding: what the media node knows about codecs and how much of anything it keeps.
 *
 * <p>Start at {@link io.parley.media.sfu.room.Room}, which is the way in; then {@code ingest.Encoding},
 * {@code forward.SlotForwarder} and {@code allocation.Allocator}.
 */
@NullMarked
package io.parley.media.sfu;

import org.jspecify.annotations.NullMarked;
