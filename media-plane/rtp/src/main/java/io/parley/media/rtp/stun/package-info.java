/**
 * STUN messages (RFC 8489) with what ICE adds (RFC 8445). Keys stay outside: who checks or signs a message passes a
 * {@link io.parley.media.rtp.stun.StunHmac}.
 *
 * <p>Start at {@link io.parley.media.rtp.stun.StunMessage}; answers are written by
 * {@link io.parley.media.rtp.stun.StunWriter}.
 */
@NullMarked
package io.parley.media.rtp.stun;

import org.jspecify.annotations.NullMarked;
