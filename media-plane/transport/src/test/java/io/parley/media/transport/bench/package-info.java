/** What moving and protecting packets costs. Start at {@link io.parley.media.transport.bench.TransportBench}. */
@NullMarked
package io.parley.media.transport.bench;

import org.jspecify.annotations.NullMarked;
