/**
 * Native memory for packets, taken once and reused.
 *
 * <p>Start at {@link io.parley.media.transport.memory.PacketBuffer}.
 */
@NullMarked
package io.parley.media.transport.memory;

import org.jspecify.annotations.NullMarked;
