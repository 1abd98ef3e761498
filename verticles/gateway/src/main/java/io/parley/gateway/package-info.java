/**
 * The HTTP and WebSocket edge: auth, limits, validation and sockets.
 *
 * <p>Start at {@link io.parley.gateway.GatewayRole}; then {@code rest.RestHandler} and {@code socket.ClientSession}.
 */
@NullMarked
package io.parley.gateway;

import org.jspecify.annotations.NullMarked;
