/**
 * The process of a media node: one media port with its rooms, attached to the control plane by one gRPC stream.
 *
 * <p>Start at {@link io.parley.media.node.MediaNode}; its settings are in {@link io.parley.media.node.MediaNodeConfig}.
 */
@NullMarked
package io.parley.media.node;

import org.jspecify.annotations.NullMarked;
