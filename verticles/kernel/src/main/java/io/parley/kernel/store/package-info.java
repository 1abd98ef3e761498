/**
 * PostgreSQL and Redis: the servers that Parley brings along, migrations, pools.
 *
 * <p>Start at {@link io.parley.kernel.store.Stores}.
 */
@NullMarked
package io.parley.kernel.store;

import org.jspecify.annotations.NullMarked;
