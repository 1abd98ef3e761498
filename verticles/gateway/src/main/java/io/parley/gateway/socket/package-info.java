/**
 * One client connection: frames in both encodings, one flush per event-loop turn, bounded queues, close codes.
 *
 * <p>Start at {@link io.parley.gateway.socket.Subscriber}, {@link io.parley.gateway.socket.SharedFrame} and
 * {@link io.parley.gateway.socket.ClientSocket}.
 */
@NullMarked
package io.parley.gateway.socket;

import org.jspecify.annotations.NullMarked;
