/**
 * Who speaks: the algorithm of Volfin and Cohen as org.jitsi:jitsi-utils has it, on the room's own time and thread.
 *
 * <p>Start at {@link io.parley.media.sfu.audio.SpeakerDetector}.
 */
@NullMarked
package io.parley.media.sfu.audio;

import org.jspecify.annotations.NullMarked;
