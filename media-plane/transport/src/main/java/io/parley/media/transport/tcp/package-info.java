/**
 * ICE over TCP (RFC 6544), passive: for peers whose networks let no UDP through. Each packet is framed by its length
 * (RFC 4571). Two virtual threads per connection; this path copies and allocates, as few peers take it.
 *
 * <p>Start at {@link io.parley.media.transport.tcp.TcpEdge}.
 */
@NullMarked
package io.parley.media.transport.tcp;

import org.jspecify.annotations.NullMarked;
