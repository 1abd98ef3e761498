/**
 * Moves datagrams between sockets and packet memory.
 *
 * <p>Start at {@link io.parley.media.transport.engine.DatagramEngine}; what is to be sent is gathered in a
 * {@link io.parley.media.transport.engine.SendBatch}.
 */
@NullMarked
package io.parley.media.transport.engine;

import org.jspecify.annotations.NullMarked;
