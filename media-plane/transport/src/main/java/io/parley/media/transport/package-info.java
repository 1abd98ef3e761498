/**
 * The media port of a node: sockets, ICE, DTLS and SRTP. Decrypted packets go up to a
 * {@link io.parley.media.transport.PeerListener}, packets to be encrypted come down; what they mean is not known here.
 *
 * <p>Start at {@link io.parley.media.transport.MediaTransport}; then {@link io.parley.media.transport.PeerTransport}
 * and {@link io.parley.media.transport.Shard}.
 *
 * <p>Ownership instead of locks: a peer belongs to one shard from its creation to its end, everything about it happens
 * on that shard's thread, and its listener is only called there. On the packet path nothing is allocated. Packets lie
 * in native memory; positions are ints into a segment, as everywhere in {@code io.parley.media.rtp}.
 */
@NullMarked
package io.parley.media.transport;

import org.jspecify.annotations.NullMarked;
