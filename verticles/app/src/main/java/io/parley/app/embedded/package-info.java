/**
 * The PostgreSQL and Redis that Parley brings along, on a data folder that one process at a time may use.
 *
 * <p>Start at {@link io.parley.app.embedded.EmbeddedStores}.
 */
@NullMarked
package io.parley.app.embedded;

import org.jspecify.annotations.NullMarked;
