/**
 * What stands in front of a codec's data in an RTP payload: enough to know layers and keyframes, and to renumber
 * frames. Nothing behind these descriptors is needed to forward a packet, so encrypted frames pass.
 *
 * <p>Start at {@link io.parley.media.rtp.codec.Vp8Descriptor}, then {@link io.parley.media.rtp.codec.Vp9Descriptor},
 * {@link io.parley.media.rtp.codec.H264Payload} and {@link io.parley.media.rtp.codec.Av1Payload}.
 */
@NullMarked
package io.parley.media.rtp.codec;

import org.jspecify.annotations.NullMarked;
