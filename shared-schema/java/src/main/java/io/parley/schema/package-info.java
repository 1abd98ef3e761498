/** Value types that every process shares: ids, limits, clocks and chance. */
@NullMarked
package io.parley.schema;

import org.jspecify.annotations.NullMarked;
