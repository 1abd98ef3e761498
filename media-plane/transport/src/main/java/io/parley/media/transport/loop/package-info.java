/**
 * The threads of the media port: what happens in a turn, and what becomes of each packet.
 *
 * <p>Start at {@link io.parley.media.transport.loop.ShardLoop}, then
 * {@link io.parley.media.transport.loop.PeerSession}.
 */
@NullMarked
package io.parley.media.transport.loop;

import org.jspecify.annotations.NullMarked;
