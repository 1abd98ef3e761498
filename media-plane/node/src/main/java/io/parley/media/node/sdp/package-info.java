/**
 * Session descriptions: offers of hostile strangers in, answers of an ICE-lite node out. Pure, without I/O.
 *
 * <p>Start at {@link io.parley.media.node.sdp.Offer}, then {@link io.parley.media.node.sdp.Negotiation}.
 */
@NullMarked
package io.parley.media.node.sdp;

import org.jspecify.annotations.NullMarked;
