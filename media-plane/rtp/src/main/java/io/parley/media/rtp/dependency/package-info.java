/**
 * What scalable video says about its frames in header extensions: the AV1 dependency descriptor, which Chromium sends
 * for all codecs, and the video layers allocation.
 *
 * <p>Start at {@link io.parley.media.rtp.dependency.DependencyDescriptor}; it is read against the
 * {@link io.parley.media.rtp.dependency.DependencyStructure} that came with the last keyframe, and renumbered for a
 * receiver by {@link io.parley.media.rtp.dependency.DependencyRewriter}.
 */
@NullMarked
package io.parley.media.rtp.dependency;

import org.jspecify.annotations.NullMarked;
