/** Who is interested in which stream, on which node; delivery and recent events. */
@NullMarked
package io.parley.fanout;

import org.jspecify.annotations.NullMarked;
