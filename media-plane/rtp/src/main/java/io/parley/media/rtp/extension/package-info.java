/**
 * RTP header extensions (RFC 8285): the block that carries them, and the values of those that Parley understands.
 *
 * <p>Start at {@link io.parley.media.rtp.extension.HeaderExtensions}; which id means what is negotiated and kept in
 * {@link io.parley.media.rtp.extension.ExtensionMap}.
 */
@NullMarked
package io.parley.media.rtp.extension;

import org.jspecify.annotations.NullMarked;
