/**
 * RTCP (RFC 3550 section 6, RFC 4585, RFC 5104 and what browsers added): compound packets are walked by
 * {@link io.parley.media.rtp.rtcp.RtcpCompound}, each kind has a flyweight that is pointed at where the walk stands.
 *
 * <p>Start at {@link io.parley.media.rtp.rtcp.RtcpCompound}; sending starts at
 * {@link io.parley.media.rtp.rtcp.RtcpWriter} and {@link io.parley.media.rtp.rtcp.TransportFeedbackWriter}.
 */
@NullMarked
package io.parley.media.rtp.rtcp;

import org.jspecify.annotations.NullMarked;
