/**
 * The wire formats of the media plane: pure, without I/O, time or threads, and without a dependency but the JDK.
 *
 * <p>Start at {@link io.parley.media.rtp.RtpPacket}; then {@code rtcp.RtcpCompound}, {@code codec.Vp8Descriptor} and
 * {@code dependency.DependencyDescriptor}.
 *
 * <p>All of it is flyweights: an object is made once, owned by one thread, and pointed at packet after packet. Parsing
 * answers {@code false} for what is malformed and never throws, whatever the bytes; after {@code false} the object's
 * values mean nothing. Nothing is allocated per packet. Positions are absolute in the memory that was passed; the
 * caller guarantees that the range it passes lies inside. Sequence numbers are modulo 2^16, timestamps and SSRCs are
 * ints holding 32 unsigned bits.
 */
@NullMarked
package io.parley.media.rtp;

import org.jspecify.annotations.NullMarked;
