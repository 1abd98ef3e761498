/**
 * What comes from publishers: kept once per encoding, read once, asked for again when it is missing.
 *
 * <p>Start at {@link io.parley.media.sfu.ingest.Encoding}; then {@code EncodingRing} and {@code PayloadReader}.
 * Everything is owned by the room's thread. Times are nanoseconds of one monotonic clock.
 */
@NullMarked
package io.parley.media.sfu.ingest;

import org.jspecify.annotations.NullMarked;
