/**
 * SRTP and SRTCP (RFC 3711, RFC 7714): pure, without I/O, time or threads. One owner; in place, without allocating
 * where the system's libcrypto does the work.
 *
 * <p>Start at {@link io.parley.media.transport.srtp.SrtpSender} and
 * {@link io.parley.media.transport.srtp.SrtpReceiver}: they know indices and replays.
 * {@link io.parley.media.transport.srtp.SrtpCipher} knows where in a packet is what; below it
 * {@link io.parley.media.transport.srtp.Crypto} only computes.
 */
@NullMarked
package io.parley.media.transport.srtp;

import org.jspecify.annotations.NullMarked;
