/** The HTTP and WebSocket edge: auth, limits, validation and sockets. */
@NullMarked
package io.parley.gateway;

import org.jspecify.annotations.NullMarked;
