/**
 * DTLS 1.2 handshakes that yield SRTP keys (RFC 5763, RFC 5764), with Bouncy Castle. Its interface waits, so each peer
 * has a virtual thread; nothing here is on the packet path.
 *
 * <p>Start at {@link io.parley.media.transport.dtls.DtlsSession}.
 */
@NullMarked
package io.parley.media.transport.dtls;

import org.jspecify.annotations.NullMarked;
